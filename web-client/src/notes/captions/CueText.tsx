import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cue } from '#protocol/caption.ts';
import { runsOf } from '#protocol/cue-text.ts';
import { SharedText } from '../../ui/SharedText.tsx';

/** What a cue says, and who says it. Its text is only ever text. */
export function CueText({ cue: { speaker, text } }: { cue: Pick<Cue, 'speaker' | 'text'> }) {
  const { t } = useTranslation();
  return (
    <>
      {speaker !== null && (
        <>
          <SharedText text={speaker} />
          {t('captions.says')}
        </>
      )}
      {runsOf(text).map(({ text: part, bold, italic }, index) => {
        const words = italic ? <em>{part}</em> : part;
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name, and never change places
        return <Fragment key={index}>{bold ? <strong>{words}</strong> : words}</Fragment>;
      })}
    </>
  );
}
