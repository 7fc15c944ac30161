import https from 'node:https';

/** Where official binaries come from; many school networks do not reach it. */
export const github = 'https://github.com/';

/**
 * Whether a web server answers at all within 3 s, so that a download that would hang is not begun.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export function answers(url) {
  return new Promise((resolve) => {
    const request = https.request(url, { method: 'HEAD', timeout: 3000 }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
    request.end();
  });
}
