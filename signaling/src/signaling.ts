import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server as SocketServer } from 'socket.io';
import { blobPlaceOf, openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import { VERSION } from '#platform/version.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { About } from '#protocol/rest.ts';
import { AccountRepository } from './account/account-repository.ts';
import { SessionWatch } from './account/session-watch.ts';
import { AnchorFile, keepAnchors } from './audit/anchors.ts';
import { Audit, PLATFORM } from './audit/audit.ts';
import { LessonTraces } from './audit/lesson-traces.ts';
import { pruneAudit } from './audit/prune.ts';
import { Refusals } from './audit/refusals.ts';
import { Checks } from './check/checks.ts';
import { Courseware } from './courseware/courseware.ts';
import { CoursewareRepository } from './courseware/courseware-repository.ts';
import { openDatabase } from './database/database.ts';
import { planDemoLesson, seedToday, seedWorld } from './demo/seed.ts';
import { readSeedFile } from './demo/seed-file.ts';
import { EditService } from './edit/edit-service.ts';
import { EditSources } from './edit/edit-sources.ts';
import { openExporting } from './exports/exporting.ts';
import { HarvestRepository } from './harvest/harvest-repository.ts';
import { oaiRouter } from './harvest/oai-router.ts';
import { type AppParts, createApp } from './http/app.ts';
import { coursewareMedia, coursewareRoutes } from './http/courseware-routes.ts';
import { editBodies, editRoutes } from './http/edit-routes.ts';
import { fileRoutes } from './http/file-routes.ts';
import { isSameHost } from './http/guards.ts';
import { intakeRoutes } from './http/intake-routes.ts';
import { lessonRoutes } from './http/lesson-routes.ts';
import { libraryRoutes } from './http/library-routes.ts';
import { liveRoutes } from './http/live-routes.ts';
import { moderationRoutes } from './http/moderation-routes.ts';
import { notesApi } from './http/notes-api.ts';
import { packageRoutes } from './http/package-routes.ts';
import { questionRoutes } from './http/question-routes.ts';
import { recordingRoutes } from './http/recording-routes.ts';
import { replayRoutes } from './http/replay-routes.ts';
import { Servers } from './http/servers.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { shelfRoutes } from './http/shelf-routes.ts';
import { signedRoutes } from './http/signed-routes.ts';
import { IntakeRepository } from './intake/intake-repository.ts';
import { Intakes } from './intake/intakes.ts';
import { IngestKeys } from './lesson/ingest-keys.ts';
import { LessonRepository } from './lesson/lesson-repository.ts';
import { mustMay } from './lesson/must-may.ts';
import { RosterRepository } from './lesson/roster-repository.ts';
import { Cards } from './library/cards.ts';
import { Covers } from './library/covers.ts';
import { Indexer } from './library/indexer.ts';
import { PageTexts } from './library/page-texts.ts';
import { QuestionRepository } from './library/question-repository.ts';
import { LiveStreams } from './live/live-streams.ts';
import { segmentDoor } from './media/segment-door.ts';
import { openMediaServing } from './media/serving.ts';
import { WordLists } from './moderation/word-lists.ts';
import { WordRepository } from './moderation/word-repository.ts';
import { openNodesNamespace } from './node/nodes-namespace.ts';
import { pruneNotices } from './notice/notice-repository.ts';
import { NoticeWatch } from './notice/notice-watch.ts';
import { OfficeAccess } from './office/office-access.ts';
import { officeApi } from './office/office-api.ts';
import { oidcRoutes, providersOf } from './oidc/oidc-routes.ts';
import { Packages } from './package/packages.ts';
import { PairingRound } from './pairing/pairing-round.ts';
import { pairingBodies } from './pairing/pairing-routes.ts';
import { ViewLog } from './replay/view-log.ts';
import { ResourceAccess } from './resource/access.ts';
import { ResourceRepository } from './resource/resource-repository.ts';
import { daily } from './review/daily.ts';
import { PasswordGrants } from './review/password-grants.ts';
import { openReviewing } from './review/reviewing.ts';
import { AutoOpen } from './room/auto-open.ts';
import { CalledOff } from './room/called-off.ts';
import { iceServersFor } from './room/ice-servers.ts';
import { IngestSeat } from './room/ingest-seat.ts';
import { RecordingRepository } from './room/recording-repository.ts';
import { Rooms } from './room/rooms.ts';
import { SeatRepository } from './room/seat-repository.ts';
import { openRoomScreens } from './room-screen/open-room-screens.ts';
import { signInApi } from './sign-in/sign-in-api.ts';
import { signInParts } from './sign-in/sign-in-parts.ts';
import { openCheckNamespace } from './socket/check-namespace.ts';
import { LessonNamespace } from './socket/lesson-namespace.ts';
import { openOfficeNamespace } from './socket/office-namespace.ts';
import { openRoomNamespace } from './socket/room-namespace.ts';
import { TimelineStore } from './timeline/timeline-store.ts';
import { LessonMaker } from './timetable/make-lessons.ts';
import { calendarRoutes } from './timetable/own-routes.ts';
import { createWhipRouter } from './whip/whip-router.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web-client/dist', import.meta.url));

export interface Signaling {
  httpPort: number;
  httpsPort: number | null;
  /** Every router of the application: the rights walk reads from them what there is to walk. */
  routers: Pick<AppParts, 'large' | 'api' | 'media'>;
  /** And every namespace of its sockets. */
  namespaces: readonly string[];
  /** Path of the link that makes the first administrator; null when there is one. */
  firstStart: string | null;
  /** In this order: no new requests, pages told, rooms, database. */
  close(): Promise<void>;
}

export interface SignalingOptions {
  config: Config;
  logger: Logger;
  /** Asks whoever started this process to play the demo film into a lesson; null when nobody can. */
  playDemo: ((lessonId: Id) => void) | null;
}

/** Puts the parts together. Everything that the parts share is made here and handed to them. */
export async function startSignaling({ config, logger, playDemo }: SignalingOptions): Promise<Signaling> {
  const { url, connections } = config.database;
  const onBroken = (error: Error) => logger.warn({ err: error }, 'a connection to the database broke');
  const {
    db,
    queue,
    close: closeDatabase,
  } = await openDatabase(url ? { url, connections, onBroken } : join(config.dataDir, 'database'));
  const seed = config.demo.enabled ? readSeedFile() : null;
  if (seed) {
    await seedWorld(db, seed);
    await seedToday(db, seed);
  }
  const blobPlace = blobPlaceOf(config);
  const blobs = openBlobStore(blobPlace);
  const accounts = new AccountRepository(db, config.session.ttlHours);
  const lessons = new LessonRepository(db, config.school.timeZone);
  const audit = new Audit(db, { folder: config.dataDir, logger });
  const anchors = keepAnchors(audit, new AnchorFile(config.dataDir));
  const office = new OfficeAccess(db, audit);
  const signIn = signInParts({ db, config, accounts, office, audit, logger });
  const timelines = new TimelineStore(db);
  const recordings = new RecordingRepository(db);
  const resources = new ResourceRepository(db);
  const grants = new PasswordGrants(db, config.nodes.secret);
  const access = new ResourceAccess(db, resources, grants);
  await resources.draftReplays();
  const { media } = config;
  const serving = openMediaServing({
    dataDir: config.dataDir,
    media,
    blobs,
    recordings,
    resources,
    timelines,
    logger,
    db,
  });
  const { addresses, mix, programmes, replays, segments, thumbnails } = serving;
  const editSources = new EditSources(db, resources, timelines, (lesson) => replays.ofLesson(lesson));
  const edits = new EditService(db, resources, access, editSources);
  const cards = new Cards(db, new Covers(db, thumbnails, addresses));
  const pageTexts = new PageTexts({ db, blobs, logger });
  const indexer = new Indexer(db, { logger, readPages: (ids) => pageTexts.read(ids) });
  indexer.start();
  const ingestKeys = new IngestKeys(db, accounts);
  const words = new WordRepository(db);
  const wordLists = await WordLists.create(words, logger);
  const reviewing = openReviewing({
    ...{ db, blobs, timelines, wordLists, resources, access, grants, serving, logger, audit },
  });
  const live = liveRoutes({
    streams: new LiveStreams(db, lessons),
    replays,
    consents: reviewing.consents,
    addresses,
    blobs,
  });
  const retention = daily(() => reviewing.retention.round(), logger);
  const { timeZone } = config.school;
  const pairingRound = new PairingRound({ db, audit, timeZone }, new LessonMaker(timeZone));
  const pairingEnds = daily(() => pairingRound.go(), logger);
  const pruning = daily(() => pruneAudit(db, config.audit.keepMonths), logger);
  const noticesOver = daily(() => pruneNotices(db), logger);

  const io = new SocketServer({
    maxHttpBufferSize: 256 * 1024,
    // A full board's snapshot is half as large packed, which a village's line feels; small messages gain nothing.
    perMessageDeflate: {
      threshold: 64 * 1024,
      zlibDeflateOptions: { level: 1 },
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
    },
    serveClient: false,
    allowRequest: (request, decide) => decide(null, isSameHost(request.headers.origin, request.headers.host)),
  });
  const pages = new LessonNamespace(io, accounts);
  const nodes = openNodesNamespace(io, {
    secret: config.nodes.secret,
    commandTimeoutMs: config.nodes.commandTimeoutMs,
    logger,
  });
  const traces = new LessonTraces(db, audit, logger);
  const rooms = await Rooms.create(
    {
      timelines,
      recordings,
      seats: new SeatRepository(db),
      nodes,
      seatGraceMs: config.lesson.seatGraceSeconds * 1000,
      iceServersFor: (participantId) => iceServersFor(participantId, config.turn),
      broadcast: (lessonId, message) => pages.broadcast(lessonId, message),
      broadcastVolatile: (lessonId, message) => pages.broadcastVolatile(lessonId, message),
      tell: (lessonId, events) => pages.tell(lessonId, events),
      movedByItself: (lessonId, move) => traces.note(PLATFORM, 'lesson.moved', lessonId, { ...move }),
      recorded: async () => void (await resources.draftReplays()),
      wordsOf: (lessonId) => wordLists.of(lessonId),
      logger,
    },
    lessons,
  );
  const watch = new SessionWatch(accounts.sessions, db, logger);
  const seatGraceMs = config.lesson.seatGraceSeconds * 1000;
  pages.serve({ accounts, lessons, rooms, watch, seatGraceMs, traces, logger });
  const autoOpen = new AutoOpen({ db, logger, open: (lesson) => rooms.openByItself(lesson) });
  const calledOff = new CalledOff({ db, waiting: () => rooms.waiting(), logger });
  const roomScreens = openRoomScreens({ db, config, lessons });
  const checks = new Checks({
    lessons,
    rooms,
    nodes,
    iceServersFor: (id) => iceServersFor(id, config.turn),
  });
  openCheckNamespace(io, accounts, checks, watch, logger);
  openRoomNamespace(io, accounts, watch);
  const noticeWatch = new NoticeWatch(db, logger);
  openOfficeNamespace(io, accounts, watch, noticeWatch);

  const courseware = await Courseware.create({
    config,
    blobs,
    rooms,
    repository: new CoursewareRepository(db),
    logger,
  });

  const intakeRows = new IntakeRepository(db);
  const intakes = await Intakes.create({
    config,
    blobs,
    repository: intakeRows,
    resources,
    packages: new Packages(db, intakeRows),
    logger,
  });
  const exporting = await openExporting({
    ...{ config, db, queue, blobs, blobPlace, audit, logger },
    ...{ accounts, lessons, recordings, timelines, access, addresses },
  });

  let servers: Servers | null = null;
  const about = (): About => ({
    version: VERSION,
    demoSignIn: config.demo.enabled,
    demoLesson: config.demo.enabled && playDemo !== null,
    secureOrigins: servers?.secureOrigins ?? [],
    maxUploadBytes: courseware.maxBytes,
    mediaNodes: nodes.sfus.size,
    recorders: nodes.recorders.size,
    timeZone: config.school.timeZone,
  });
  const openSeat = async (lessonId: Id, bearer: string) => {
    const account = await ingestKeys.accountOf(lessonId, bearer);
    const lesson = await lessons.find(lessonId, account);
    if (!lesson) throw new AppError('FORBIDDEN', 'the lesson is not theirs');
    mustMay(lesson, 'lesson.ingest');
    const seat = await IngestSeat.open(await rooms.get(lessonId), account, lesson.role as LessonRole);
    seat.over = watch.account(account.accountId, () => seat.send({ type: 'removed', forbidden: false }));
    return seat;
  };
  const routers: Signaling['routers'] = {
    large: [editBodies(), pairingBodies()],
    api: [
      editRoutes(edits),
      coursewareRoutes(courseware, lessons),
      sessionRoutes(accounts, audit, config.demo.enabled),
      ...signInApi(signIn, () => providersOf(config.oidc)),
      oidcRoutes({ db, config: config.oidc, accounts, audit, logger }),
      moderationRoutes(words, wordLists, audit),
      questionRoutes(new QuestionRepository(db)),
      ...notesApi({ db, lessons, access, wordLists }),
      libraryRoutes({ db, cards, resources, access, indexer }),
      shelfRoutes({ db, cards, access }),
      replayRoutes({
        lessons,
        resources,
        access,
        timelines,
        replays,
        mix,
        views: new ViewLog(db),
        ...{ db, audit },
        watermark: media.watermark,
      }),
      intakeRoutes(intakes, intakeRows, logger),
      fileRoutes({ resources, access, addresses }),
      packageRoutes({
        intakes,
        repository: intakeRows,
        resources,
        access,
        blobs,
        audit,
        publicUrl: config.harvest.publicUrl,
      }),
      recordingRoutes({ lessons, rooms, recorders: nodes.recorders, db, audit }),
      ...officeApi({ db, config, accounts, office, audit, logger }),
      roomScreens,
      ...reviewing.routes,
      live.api,
      exporting.routes,
      lessonRoutes({
        lessons,
        rooms,
        timelines,
        ingestKeys,
        rosters: new RosterRepository(db),
        ...{ db, audit },
        playDemo: config.demo.enabled ? playDemo : null,
        planDemo: seed && (() => planDemoLesson(db, seed)),
      }),
    ],
    media: [signedRoutes(addresses, blobs, programmes), live.media, coursewareMedia(blobs, lessons)],
  };
  const app = createApp({
    accounts,
    about,
    ...routers,
    whip: createWhipRouter({ openSeat }),
    harvest: config.harvest.enabled
      ? oaiRouter({ repository: new HarvestRepository(db), ...config.harvest, logger })
      : null,
    calendar: calendarRoutes({ db, accounts, office, timeZone: config.school.timeZone }),
    webRoot: WEB_ROOT,
    refusals: new Refusals(audit, logger),
    logger,
  });

  servers = await Servers.listen(segmentDoor(addresses, segments, app), io, config);
  const { httpPort, httpsPort } = servers;
  logger.info({ httpPort, httpsPort }, 'listening');
  const firstStart = await signIn.firstStart.newLink();
  if (firstStart)
    logger.warn(
      { link: `http://localhost:${httpPort}${firstStart}` },
      'nobody can administer yet: open this link once, within 24 hours',
    );

  return {
    httpPort,
    httpsPort,
    routers,
    namespaces: [...io._nsps.keys()],
    firstStart,
    async close() {
      watch.close();
      noticeWatch.close();
      await io.close();
      servers?.closeConnections();
      thumbnails.close();
      await mix.close();
      await autoOpen.close();
      await calledOff.close();
      await rooms.close();
      await intakes.close();
      wordLists.close();
      await indexer.close();
      retention.close();
      pairingEnds.close();
      pruning.close();
      noticesOver.close();
      await exporting.close();
      await audit.close();
      anchors.close();
      await closeDatabase();
    },
  };
}
