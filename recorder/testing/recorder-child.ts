import { AppError } from '#protocol/errors.ts';
import { RecorderCommand } from '#protocol/recorder-node.ts';
import { startRecorder } from './lesson.ts';

/* A recorder in a process of its own, to be killed: commands come and replies go through Node's IPC. */
const { recorder, events } = await startRecorder(process.argv[2]);

process.on('message', async ({ id, command }: { id: number; command: unknown }) => {
  try {
    const data = await recorder.handle(RecorderCommand.parse(command));
    process.send!({ id, data, events });
  } catch (error) {
    process.send!({ id, error: AppError.from(error).code, events });
  }
});
process.send!({ ready: true });
