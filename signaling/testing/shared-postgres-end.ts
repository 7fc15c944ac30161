import { stopShared } from './shared-postgres.ts';

/** jest's `globalTeardown`. */
export default stopShared;
