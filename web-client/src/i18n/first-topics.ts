/**
 * Words that come with the first page, and all that a classroom's pages say: theirs is the thinnest line. The other
 * topics come with the pages that need them (`allWords`). Everything not named here is such a topic.
 */
export const FIRST_TOPICS: readonly string[] = [
  ...['product', 'common', 'mode', 'role', 'roleHint', 'signIn', 'today', 'secure', 'stage', 'remote'],
  ...['presenter', 'desk'],
  ...['check', 'room', 'notFound', 'broken', 'steering', 'asking', 'board', 'chat', 'error'],
];
