import { expect, test } from '@jest/globals';
import { captureErrorCode } from './capture.ts';

test.each([
  ['teacher', 'NotAllowedError', 'CAMERA_DENIED'],
  ['mic', 'NotAllowedError', 'MIC_DENIED'],
  ['board', 'SecurityError', 'CAMERA_DENIED'],
  ['mic', 'NotFoundError', 'MIC_MISSING'],
  ['pupils', 'OverconstrainedError', 'CAMERA_MISSING'],
  ['teacher', 'NotReadableError', 'CAMERA_BUSY'],
  ['mic', 'AbortError', 'MIC_BUSY'],
  ['screen', 'NotAllowedError', 'SCREEN_DENIED'],
] as const)('%s with %s is %s', (role, name, code) => {
  expect(captureErrorCode(role, name)).toBe(code);
});
