/** Grades whose pupils are fourteen when they enter them, or older. */
const FOURTEEN = /九年级|初三|初中三|高一|高二|高三|高中|中职|职高|grade\s*(9|1[0-2])/i;

/** Whether a class's families are asked (PIPL art. 31: under 14). A grade that is not understood counts as young. */
export const needsConsent = (grade: string): boolean => !FOURTEEN.test(grade);
