/** All that a classroom's pages say: theirs is the thinnest line. */
const FIRST: readonly string[] = [
  ...['common', 'secure', 'stage', 'remote', 'check', 'room', 'notFound', 'broken', 'board', 'error'],
  ...below('today', 'title period range enter demo demoMore state'),
  ...below(
    'steering',
    'calling callingChild callingUs callingOurChild hand handUp timeUp pausedTitle pausedLead',
  ),
  ...below('steering', 'micByTeacher ourTurn secondScreen secondTitle'),
  ...below('asking', 'title kind yes no markRight isRight stage'),
  ...below('asking.sheet', 'handsFor fewerHands moreHands sendHands'),
  ...below('chat', 'title child'),
  ...below('signIn', 'signOut endedTitle again'),
  ...below('presenter', 'share stopShare'),
  ...below('desk', 'mood space minutes plenty hours hoursMinutes'),
  'product.name',
];

function below(topic: string, names: string): string[] {
  return names.split(' ').map((name) => `${topic}.${name}`);
}

/** Of files, of signing in, of exports: no classroom meets them, and whoever does fetches them (`ErrorNote`). */
const LATER =
  /^error\.(CAPTION|CONVERSION|EXPORT|FILE|FILM|LIBRARY|LINK|METADATA|OIDC|PACKAGE|PASSKEY|PASSWORD|SIGN_IN|XML)_/;

/**
 * Whether a word comes with the first page. The others come with the pages that need them (`allWords`).
 * @param key as `t` takes it, or the beginning of several: `desk.space.`
 */
export const isFirstWord = (key: string): boolean =>
  !LATER.test(key) &&
  FIRST.some((first) => key.replace(/_(one|other)$/, '') === first || key.startsWith(`${first}.`));
