/** Whether one lesson is recorded, decided for it alone; null: as its mode's policy says. */
export const DIRECTING = [
  `alter table lesson add column recording_policy text
    check (recording_policy in ('auto', 'manual', 'off'))`,
];
