import type { AnswerValue, Question } from '#protocol/asking.ts';
import { join } from '../../ui/class-names.ts';
import styles from './Answer.module.css';
import { ChoiceInput } from './ChoiceInput.tsx';
import { HandsInput } from './HandsInput.tsx';
import { NumberInput } from './NumberInput.tsx';
import { WordsInput } from './WordsInput.tsx';

export interface AnswerInputProps {
  question: Question;
  /** What was answered so far. */
  value: AnswerValue | null;
  onAnswer: (value: AnswerValue) => void;
  /** Keys of a remote control or keyboard choose, too. */
  keys?: boolean;
}

interface Props extends AnswerInputProps {
  /** Sized for a big screen. */
  stage?: boolean;
}

/** What there is to press, for any kind of question. */
export function AnswerInput({ stage = false, ...rest }: Props) {
  return (
    <div className={join(styles.input, stage && styles.stage)}>
      <InputOfKind {...rest} />
    </div>
  );
}

function InputOfKind(props: AnswerInputProps) {
  const { question, value } = props;
  if (question.by === 'hands') return <HandsInput {...props} />;
  switch (question.kind) {
    case 'choice':
    case 'trueFalse':
      return <ChoiceInput {...props} />;
    case 'number':
      return <NumberInput {...props} key={JSON.stringify(value)} />;
    case 'shortText':
      return <WordsInput {...props} key={JSON.stringify(value)} />;
    case 'photo':
      return null;
  }
}
