import { type CoursewareDocument, Uploaded } from '#protocol/courseware.ts';
import { ErrorBody } from '#protocol/errors.ts';
import { ApiError } from '../../api/api-error.ts';

export interface Upload {
  /** @throws ApiError with the platform's code; NETWORK when the line broke or it was given up. */
  readonly done: Promise<CoursewareDocument>;
  cancel(): void;
}

/** Sends a file into a lesson, and tells how far it is, 0 to 1. */
export function upload(
  lessonId: string,
  file: Blob & { name?: string },
  { purpose, onProgress }: { purpose: 'board' | 'photo'; onProgress?: (share: number) => void },
): Upload {
  // fetch() cannot tell how far a body is.
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ name: file.name ?? '', purpose });
  const done = new Promise<CoursewareDocument>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError('NETWORK', 'the upload broke off'));
    request.onabort = () => reject(new ApiError('NETWORK', 'the upload was given up'));
    request.onload = () => {
      const body: unknown = JSON.parse(request.responseText || 'null');
      if (request.status === 201) {
        const uploaded = Uploaded.safeParse(body);
        if (uploaded.success) resolve(uploaded.data.document);
        else reject(new ApiError('BAD_REPLY', uploaded.error.message));
        return;
      }
      const refusal = ErrorBody.safeParse((body as { error?: unknown } | null)?.error);
      reject(
        refusal.success
          ? new ApiError(refusal.data.code, refusal.data.message)
          : new ApiError('INTERNAL', String(request.status)),
      );
    };
  });
  request.open('POST', `/api/lessons/${lessonId}/documents?${query}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  return { done, cancel: () => request.abort() };
}
