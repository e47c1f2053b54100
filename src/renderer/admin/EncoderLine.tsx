import { useTranslation } from 'react-i18next';
import type { MachineEncoder } from '../../shared/domain/devices.ts';

/** What the makers call their encoders, by ffmpeg's names. */
const names: Readonly<Record<string, string>> = {
  libx264: 'x264',
  h264_nvenc: 'NVENC',
  h264_qsv: 'Quick Sync',
  h264_vaapi: 'VAAPI',
  h264_amf: 'AMF',
  h264_mf: 'Media Foundation',
  h264_videotoolbox: 'VideoToolbox',
};
const nameOf = (encoder: string): string => names[encoder.split(':')[0] ?? ''] ?? encoder;

/** What pictures are encoded with on this machine, and why better ways were not taken. */
export function EncoderLine({ encoder }: { readonly encoder: MachineEncoder }) {
  const { t } = useTranslation('admin');
  const chosen = t(encoder.encoder === 'libx264' ? 'encoder.processor' : 'encoder.card', {
    encoder: nameOf(encoder.encoder),
  });
  const refused = encoder.tests.filter(({ verdict }) => verdict !== 'works');
  return (
    <details className="br-soft">
      <summary>{chosen}</summary>
      <p>{t('encoder.text')}</p>
      <ul>
        {refused.map((test) => (
          <li key={test.encoder} title={test.line}>
            {nameOf(test.encoder)}: {t(`encoder.verdict.${test.verdict}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
