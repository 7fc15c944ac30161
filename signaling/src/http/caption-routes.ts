import express, { type Request, type Response, Router } from 'express';
import { CaptionQuery, Language, MAX_CAPTION_BYTES, type SavedCaption } from '#protocol/caption.ts';
import { readCaptionFile, writeVtt } from '#protocol/caption-file.ts';
import { AppError } from '#protocol/errors.ts';
import type { CaptionRepository } from '../notes/caption-repository.ts';
import type { Captions } from '../notes/captions.ts';
import { decodeText } from '../notes/decode-text.ts';
import { idOf, SUBJECT_KINDS, type Subject, type Subjects } from '../notes/subjects.ts';
import { accountOf } from './guards.ts';

export interface CaptionServices {
  subjects: Subjects;
  captions: Captions;
  repository: CaptionRepository;
}

/** Captions of lessons and resources; see `protocol/caption.ts`. */
export function captionRoutes({ subjects, captions, repository }: CaptionServices): Router {
  const router = Router();
  for (const kind of SUBJECT_KINDS) {
    const path = `/${kind}/:subjectId/captions`;
    const watched = async (request: Request): Promise<Subject> =>
      await subjects.of(
        kind,
        request.params.subjectId,
        request.res?.locals.account ?? null,
        request.headers.cookie,
      );
    const edited = async (request: Request): Promise<Subject> => {
      const subject = await subjects.of(
        kind,
        request.params.subjectId,
        accountOf(request),
        request.headers.cookie,
      );
      if (!subject.mayCaption) throw new AppError('FORBIDDEN', 'these captions are others’ to change');
      return subject;
    };

    router.get(path, async (request, response) => {
      response.json(await captions.list(await watched(request)));
    });

    router.get(`${path}/:name`, async (request, response) => {
      const subject = await watched(request);
      const { name } = request.params;
      const asFile = name.endsWith('.vtt');
      const language = Language.parse(asFile ? name.slice(0, -4) : name);
      const caption = await captions.find(subject, language);
      if (!caption) throw new AppError('NOT_FOUND', 'no captions in this language');
      if (asFile) sendFile(response, language, writeVtt(caption.cues));
      else response.json(caption);
    });

    router.put(
      `${path}/:language`,
      // Nobody else's megabytes are read.
      async (request, _response, next) => {
        await edited(request);
        if (Number(request.headers['content-length'] ?? 0) > MAX_CAPTION_BYTES) {
          request.resume();
          throw new AppError('CAPTION_TOO_LARGE', 'the file is too large');
        }
        next();
      },
      express.raw({
        type: ({ headers }) => !/json/.test(headers['content-type'] ?? ''),
        limit: MAX_CAPTION_BYTES,
      }),
      async (request, response) => {
        const { accountId } = accountOf(request);
        const subject = await edited(request);
        const language = Language.parse(request.params.language);
        const { version, label } = CaptionQuery.parse(request.query);
        if (!(request.body instanceof Uint8Array))
          throw new AppError('UNSUPPORTED_MEDIA', 'captions come as a file');
        const { cues, report } = readCaptionFile(decodeText(request.body));
        const caption = await repository.save(subject, { language, label, seen: version, cues, accountId });
        response.status(version === 0 ? 201 : 200).json({ caption, report } satisfies SavedCaption);
      },
    );

    router.delete(`${path}/:language`, async (request, response) => {
      const subject = await edited(request);
      if (!(await repository.remove(idOf(subject), Language.parse(request.params.language))))
        throw new AppError('NOT_FOUND', 'no captions in this language');
      response.json({});
    });

    router.post(`${path}/:language/restore`, async (request, response) => {
      const subject = await edited(request);
      const track = await repository.restore(idOf(subject), Language.parse(request.params.language));
      if (!track) throw new AppError('NOT_FOUND', 'nothing to restore');
      response.json(track);
    });
  }
  return router;
}

function sendFile(response: Response, language: string, text: string): void {
  // Opened by itself it is text that strangers wrote, on our address: nothing in it may run.
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('Content-Disposition', `attachment; filename="captions.${language}.vtt"`);
  response.type('text/vtt; charset=utf-8').send(text);
}
