import { hostname } from 'node:os';
import { blobPlaceOf, indexFolderOf, openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import type { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { NodeLink } from '#platform/node-link.ts';
import { RecorderCommand, type RecorderEvent } from '#protocol/recorder-node.ts';
import { Recorder } from './recorder.ts';

export interface RecorderNodeOptions {
  config: Config;
  version: string;
  logger: Logger;
}

/** The whole service: the recordings and the line to signaling. */
export class RecorderNode {
  readonly #recorder: Recorder;
  readonly #link: NodeLink<RecorderCommand, RecorderEvent>;

  static start(options: RecorderNodeOptions): RecorderNode {
    return new RecorderNode(options);
  }

  private constructor({ config, version, logger }: RecorderNodeOptions) {
    const { listenIp, announcedAddress, minPort, maxPort } = config.recorder;
    this.#recorder = new Recorder({
      blobs: openBlobStore(blobPlaceOf(config)),
      indexFolder: indexFolderOf(config),
      mediaFolder: config.blobs.kind === 's3' ? null : indexFolderOf(config),
      putIndex: config.blobs.kind === 's3' || config.blobs.secondFolder !== '',
      announcedAddress: announcedAddress || listenIp,
      ports: { ip: listenIp, minPort, maxPort },
      logger,
      emit: (event) => this.#link.emit(event),
    });
    this.#link = NodeLink.connect<RecorderCommand, RecorderEvent>({
      url: config.nodes.url || `http://127.0.0.1:${config.http.port}`,
      hello: {
        kind: 'recorder',
        name: `${hostname()}:recorder:${minPort}`,
        nodeId: newId(),
        secret: config.nodes.secret,
        version,
      },
      commands: RecorderCommand,
      handle: (command) => this.#recorder.handle(command),
      report: () => this.#recorder.report(),
      load: () => this.#recorder.load(),
      logger,
    });
  }

  /** Media first: what is open is flushed before signaling hears that the node is gone. */
  async close(): Promise<void> {
    await this.#recorder.close();
    this.#link.close();
  }
}
