import { account } from './topics/account.ts';
import { admin } from './topics/admin.ts';
import { asking } from './topics/asking.ts';
import { attendance } from './topics/attendance.ts';
import { audit } from './topics/audit.ts';
import { bells } from './topics/bells.ts';
import { board } from './topics/board.ts';
import { chat } from './topics/chat.ts';
import { check } from './topics/check.ts';
import { consent } from './topics/consent.ts';
import { desk } from './topics/desk.ts';
import { devices } from './topics/devices.ts';
import { directory } from './topics/directory.ts';
import { editor } from './topics/editor.ts';
import { exports } from './topics/exports.ts';
import { guide } from './topics/guide.ts';
import { intake } from './topics/intake.ts';
import { invitation } from './topics/invitation.ts';
import { library } from './topics/library.ts';
import { moderation } from './topics/moderation.ts';
import { notes } from './topics/notes.ts';
import { notices } from './topics/notices.ts';
import { now } from './topics/now.ts';
import { pairings } from './topics/pairings.ts';
import { paste } from './topics/paste.ts';
import { publicLive } from './topics/public-live.ts';
import { replay } from './topics/replay.ts';
import { retention } from './topics/retention.ts';
import { review } from './topics/review.ts';
import { room } from './topics/room.ts';
import { roster } from './topics/roster.ts';
import { series } from './topics/series.ts';
import { signIn } from './topics/sign-in.ts';
import { steering } from './topics/steering.ts';
import { terms } from './topics/terms.ts';
import { timetable } from './topics/timetable.ts';

/** English words on the pages; the same keys as `zh-CN.ts`, written rather than translated. */
export const enUS = {
  product: {
    name: 'Three Classrooms',
    slogan: 'One teacher, several classrooms, the same lesson',
    about:
      'Delivered lessons, master-teacher lessons and open lessons on one platform: live, recorded, replayed.',
    version: 'Version {{version}}',
  },
  common: {
    back: 'Back',
    backToToday: "Back to today's lessons",
    retry: 'Try again',
    reload: 'Reload the page',
    cancel: 'Cancel',
    loading: 'Opening…',
    loadingLong: 'Still opening. The network may be slow; wait a moment or reload the page.',
    offline: 'This device is offline. The page recovers by itself once it is back.',
    language: 'Language',
    separator: ', ',
  },
  mode: { delivery: 'Delivered lesson', master: 'Master-teacher lesson', open: 'Open lesson' },
  role: {
    administrator: 'Administrator',
    security: 'Security administrator',
    auditor: 'Auditor',
    researcher: 'Researcher',
    teacher: 'Teacher',
    assistant: 'Assistant',
    operator: 'Studio operator',
    student: 'Student',
    classroom: 'Classroom',
  },
  roleHint: {
    administrator: 'Sees all lessons',
    security: 'Decides on access',
    auditor: 'Reads the audit log',
    researcher: 'Observes lessons',
    teacher: 'Presents lessons',
    assistant: 'Minds the pupils',
    operator: 'Runs the studio',
    student: 'Watches lessons',
    classroom: 'Big screen and camera',
  },
  signIn: signIn.en,
  account: account.en,
  today: {
    title: "Today's lessons",
    titleOther: 'Lessons of the day',
    previousDay: 'Previous day',
    nextDay: 'Next day',
    today: 'Today',
    period: 'Period {{period}}',
    noPeriod: 'Extra lesson',
    range: '{{from}}–{{to}}',
    by: '{{teacher}} · {{organization}}',
    with: 'With {{rooms}}',
    enter: 'Enter lesson',
    watchLive: 'Watch live',
    watchFromStart: 'From the start',
    replay: 'Watch replay',
    replayLength: '{{minutes}} min replay',
    noRecording: 'Not recorded',
    demo: 'Play the demo lesson',
    demoHint: 'No camera needed: the platform plays a demo film, so you can see a whole lesson.',
    demoPlaying: 'The demo lesson is playing. Enter as a remote classroom to see it.',
    demoMore: 'Plan another demo lesson',
    demoMoreHint: 'No more lessons today. You can plan another one that begins now.',
    state: {
      scheduled: 'Not started',
      open: 'Open',
      live: 'Live now',
      ended: 'Over',
      ready: 'Replay ready',
    },
    startsIn: 'in {{minutes}} min',
    late: 'Past its start',
    empty: 'No lessons on this day.',
    emptyHint: 'Lessons of the timetable appear here by themselves; one tap brings you in.',
    begin: 'Still empty: five minutes to the first lesson',
    beginHint:
      'Write the names of two schools, a teacher, classes and a subject, and the lessons of the term are planned.',
    beginGo: 'Start here',
    count_one: '{{count}} lesson',
    count_other: '{{count}} lessons',
  },
  secure: {
    title: 'Open the secure address to use camera and microphone',
    lead: 'Browsers give camera and microphone only to secure (https) pages. Open this address instead:',
    selfSigned:
      'If the browser says “Your connection is not private”, choose “Advanced”, then “Proceed”. The school uses a certificate it made itself, which is normal on its own network.',
    none: 'HTTPS is off on this platform. Ask your administrator to turn it on (https.enabled), or open http://localhost on the server itself.',
  },
  stage: {
    preview: 'What the class sees',
    myCamera: 'My camera',
    classroomBig: 'Lesson picture',
    screen: 'Shared screen',
    away: 'Reconnecting',
    absent: 'Not here',
    micOff: 'Mic off',
    cameraOff: 'Camera off',
    noPicture: 'No picture yet',
    cameraFailed: 'The camera did not start',
    cameraStarting: 'Starting the camera…',
    mic: 'Mic',
    camera: 'Camera',
    turnOffMic: 'Turn mic off',
    turnOnMic: 'Turn mic on',
    turnOffCamera: 'Turn camera off',
    turnOnCamera: 'Turn camera on',
    fullscreen: 'Full screen',
    exitFullscreen: 'Leave full screen',
    leave: 'Leave',
    soundOn: 'Touch to turn on the sound',
    soundOnHint: "The browser wants one touch before it plays the teacher's voice.",
    recording: 'Recording',
    recordingTrouble: 'Recording trouble',
    notRecording: 'Not recording',
    toBell: '{{minutes}} min to the bell',
    toBellSoon: 'Under a minute to the bell',
    pastBell: 'Past the bell',
    toStart: '{{minutes}} min to the start',
    endsAt: 'Ends at {{time}}',
    startsAt: 'Starts at {{time}}',
    startNow: 'Time to start',
    reconnecting: 'The network dropped and is reconnecting. The picture waits here; the lesson goes on.',
    reconnectingQuietly: 'The line to the platform dropped and is reconnecting. Picture and sound go on.',
    mediaRecovering: 'The picture is coming back, one moment.',
    mediaWaiting: 'You are in. Waiting for the media server, the picture follows.',
    connecting: 'Entering the lesson…',
    connectingLong: 'Still not connected. Check the cable and Wi-Fi, or reload the page.',
    line: { good: 'Good line', fair: 'Fair line', poor: 'Poor line', unknown: 'Connecting' },
    lineDetail: '{{rtt}} ms delay, {{loss}}% loss',
    replacedTitle: 'This lesson was opened on another device',
    replacedLead:
      'One identity can be in a lesson once, so this page stood down. To go on here, press the button.',
    takeBack: 'Continue here',
    endedTitle: 'The lesson is over',
    endedLead: 'It has been recorded; the replay is ready now.',
    endedUnrecorded: 'This lesson was not recorded.',
    refusedTitle: "Can't enter this lesson",
    calledOff: '{{lesson}} was called off',
    movedAway: '{{lesson}} was moved',
    movedTo: 'Now {{when}}',
    because: 'Reason: {{reason}}',
  },
  presenter: {
    start: 'Start lesson',
    end: 'End lesson',
    endTitle: 'End this lesson?',
    endLead: 'All classrooms disconnect and recording stops. The lesson cannot be resumed.',
    endConfirm: 'End this lesson',
    share: 'Share screen',
    stopShare: 'Stop sharing',
    roomsHere: 'Rooms {{here}}/{{all}}',
    feeds: 'Pictures',
    feedsTitle: 'Pictures and microphone',
    feed: {
      teacher: 'Teacher',
      pupils: 'Pupils',
      board: 'Board',
      studio: 'Studio mix',
      screen: 'Screen',
      mic: 'Microphone',
    },
    feedRename: 'Rename',
    large: 'What everybody sees large',
    largeAuto: 'Automatic: the screen or board when there is one, else the teacher',
    devicesRemembered: 'Your choice is remembered for next time.',
    deviceCamera: "Teacher's camera",
    deviceMic: 'Microphone',
    deviceUnnamed: 'Device {{number}}',
    deviceNone: 'None found',
    heardBy_one: '{{count}} classroom hears you',
    heardBy_other: '{{count}} classrooms hear you',
    heardByNobody: 'No classroom is here yet',
    heardPaused: 'Paused, nobody hears you',
    heardMicOff: 'Your mic is off, nobody hears you',
    heardMicFailed: 'Your mic did not start, nobody hears you',
    notStarted: 'Not started: press “Start lesson”',
    micLevel: 'Mic level',
    side: 'Rooms, questions and chat',
  },
  remote: {
    ourRoom: 'Our room',
    waitTitle: 'Waiting for {{teacher}}',
    waitOpen: '{{teacher}} is here, starting soon',
    teacherAway: '{{teacher}} lost the connection, coming back',
    reconnecting: 'Reconnecting',
    teacherMicOff: "{{teacher}}'s mic is off",
    live: 'Lesson in progress',
    teacherHearsUs: 'The teacher hears us',
    weAreMuted: 'Our mic is off',
    micFailed: 'Our mic did not start',
    watching: 'Sitting in: you send no picture or sound',
    noTeacher: "The teacher's picture is not here yet",
    noTeacherHint: 'It appears by itself once the teacher turns on the camera.',
    nextReplay: 'Watch replay',
    missed: 'The line was down for {{minutes}} minutes; you can watch what was taught meanwhile.',
    missedShort: 'The line was down for a while; you can watch what was taught meanwhile.',
    missedSkip: 'Skip it',
    catchUp: 'Catch up',
    backToLive: 'Back to the live lesson',
    behind: 'Catching up at {{rate}}×, {{minutes}} min behind',
  },
  replay: replay.en,
  editor: editor.en,
  check: check.en,
  room: room.en,
  devices: devices.en,
  notFound: {
    title: 'No such page',
    lead: 'The address may be mistyped, or the lesson has been moved.',
  },
  broken: {
    title: 'Something broke on this page',
    lead: 'A running lesson is not affected. Reload the page; if it happens again, give the code below to your administrator.',
  },
  roster: roster.en,
  steering: steering.en,
  timetable: timetable.en,
  terms: terms.en,
  bells: bells.en,
  pairings: pairings.en,
  admin: admin.en,
  attendance: attendance.en,
  ...audit.en,
  notices: notices.en,
  now: now.en,
  directory: directory.en,
  paste: paste.en,
  invitation: invitation.en,
  series: series.en,
  asking: asking.en,
  chat: chat.en,
  exports: exports.en,
  guide: guide.en,
  intake: intake.en,
  library: library.en,
  moderation: moderation.en,
  board: board.en,
  ...notes.en,
  desk: desk.en,
  ...review.en,
  ...consent.en,
  ...publicLive.en,
  ...retention.en,
} as const;
