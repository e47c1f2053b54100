import { useTranslation } from 'react-i18next';
import { Role } from '../../shared/domain/roles.ts';
import { SubjectType } from '../../shared/evidence/event.ts';
import { words } from '../../shared/i18n/index.ts';
import { useSettings } from '../app/settings.ts';

export interface LogWords {
  /** What was done; an action without words of its own stands as it is written in the log. */
  readonly action: (action: string) => string;
  readonly role: (role: string) => string;
  readonly subject: (type: string) => string;
}

/** The words of custody events, for the log and for an exhibit's history. */
export function useLogWords(): LogWords {
  const language = useSettings((settings) => settings.language);
  const { t } = useTranslation(['log', 'roles']);
  const actions: Readonly<Record<string, string>> = words[language].log.action;
  return {
    action: (action) => actions[action.replaceAll('.', '_')] ?? action,
    role: (role) => {
      if (role === 'recovery-key') return t('recoveryKey');
      const known = Role.safeParse(role);
      return known.success ? t(`roles:${known.data}`) : t('system');
    },
    subject: (type) => {
      const known = SubjectType.safeParse(type);
      return known.success ? t(`subject.${known.data}`) : type;
    },
  };
}
