import { join } from 'node:path';
import type { z } from 'zod';
import type { PaperWritten } from '../../shared/contract/protocol.ts';
import type { LabelData } from './data.ts';
import type { Actor, ProtocolNeeds } from './needs.ts';
import { printedHead, writePaper } from './papersOut.ts';
import { drawn, fileName, type WriteRequest } from './protocolService.ts';

/** Labels for the case file: which exhibit, its digest, and the head of the log now as a code. They name nobody. */
export class Labels {
  readonly #needs: ProtocolNeeds;

  constructor(needs: ProtocolNeeds) {
    this.#needs = needs;
  }

  /** Writes a label into a folder. @throws Refusal EXPORT_EXISTS, PAPER_NOT_WRITTEN, STATION_KEYS_LOCKED */
  async make(
    request: WriteRequest & { readonly sheet: LabelData['sheet'] },
    actor: Actor,
    signal: AbortSignal,
  ): Promise<z.infer<typeof PaperWritten>> {
    const { db, custody, clock, software, stored, timeZone, logSigner } = this.#needs;
    const { exhibit, language, sheet } = request;
    const { statement: record, recordSha256 } = stored(exhibit);
    const head = printedHead(custody, logSigner());
    const label: LabelData = {
      ...{ language, sheet, record, recordSha256 },
      at: clock.now().toISOString(),
      timeZone: timeZone(),
      software: `${software.name} ${software.version}`,
      head: { size: head.size, root: head.root },
    };
    const path = join(request.folder, fileName(request.name ?? `${exhibit}-label-${language}`, 'pdf'));
    return await writePaper(path, () => drawn({ what: 'label', label }, signal), {
      ...{ custody, actor, exhibit },
      onRecord: (sha256) =>
        db.transaction(() => {
          custody.keepHead(head.checkpoint, null);
          custody.append({
            action: 'label.made',
            actor,
            subject: { type: 'exhibit', id: exhibit },
            details: { paper_sha256: sha256, language, checkpoint_size: head.size },
          });
        })(),
    });
  }
}
