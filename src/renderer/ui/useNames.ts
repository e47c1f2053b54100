import { useTranslation } from 'react-i18next';

export interface Names {
  /** `child K-7F3A`. */
  readonly child: (code: string) => string;
  /** `9 years`, or that it is not known. */
  readonly age: (years: number | null) => string;
  /** `Deposition of testimony`. */
  readonly kind: (kind: 'investigation' | 'deposition' | 'supplement') => string;
  /** `in Kazakh`; a language that is not ours stands as it is written. */
  readonly spoken: (language: string) => string;
}

/** How things of the court's work are called, in the screen's language. */
export function useNames(): Names {
  const { t } = useTranslation();
  return {
    child: (code) => t('child.code', { code }),
    age: (years) => (years === null ? t('child.ageUnknown') : t('child.age', { count: years })),
    kind: (kind) => t(`kind.${kind}`),
    spoken: (language) =>
      language === 'kk' || language === 'ru' || language === 'en' ? t(`spoken.${language}`) : language,
  };
}
