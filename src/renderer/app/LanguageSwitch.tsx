import { useTranslation } from 'react-i18next';
import { languages } from '../../shared/i18n/index.ts';
import { change, useSettings } from './settings.ts';

/** қаз · рус · eng: at once, without a reload, remembered by this screen. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = useSettings((settings) => settings.language);
  return (
    <fieldset className="br-languages">
      <legend className="br-unseen">{t('language')}</legend>
      {languages.map(({ id, short, name }) => (
        <button
          key={id}
          type="button"
          lang={id}
          aria-label={name}
          aria-pressed={id === current}
          onClick={() => change({ language: id })}
        >
          {short}
        </button>
      ))}
    </fieldset>
  );
}
