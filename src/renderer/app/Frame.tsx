import { IconLock, IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { SentenceError } from '../ui/SentenceError.tsx';
import { useAct } from '../ui/useAct.ts';
import { useStation } from './client.ts';
import { useIdleLock } from './idle.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { placesOf } from './places.ts';
import { SettingsMenu } from './SettingsMenu.tsx';
import { type AccountView, setSession, useSession } from './sessionStore.ts';

/** Screens that need the whole window: a recording, a hearing. They bring their own way back. */
const alone = [/^\/interview\//, /^\/hearing\//, /^\/screen$/];

export interface FrameProps {
  readonly account: AccountView;
  readonly children: ReactNode;
}

/** The navigation at the left and the page beside it. */
export function Frame({ account, children }: FrameProps) {
  const { t } = useTranslation(['common', 'roles']);
  const [path] = useLocation();
  const station = useStation();
  const info = useSession((state) => state.info);
  const session = useSession((state) => state.session);
  const trouble = useSession((state) => state.trouble);
  const lock = useAct(async () => setSession(await station.session.lock()));
  const leave = useAct(async () => setSession(await station.session.signOut()));
  useIdleLock(station, session?.locksAfter ?? 0, session?.locked === false);

  const away = <SentenceError trouble={trouble ?? lock.trouble ?? leave.trouble} />;
  if (alone.some((pattern) => pattern.test(path))) {
    return (
      <div className="br-whole">
        {away}
        {children}
      </div>
    );
  }
  const here = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <div className="br-frame">
      <a href="#main" className="br-skip">
        {t('skip')}
      </a>
      <nav className="br-nav" aria-label={t('navigation')}>
        <div className="br-brand">
          <span className="br-brand-name">{t('app.name')}</span>
          <span className="br-soft">{[info?.name, info?.court].filter(Boolean).join(' · ')}</span>
        </div>
        <ul>
          {placesOf(account.role).map(({ id, to, icon: Icon }) => (
            <li key={id}>
              <Link href={to} className="br-nav-link" aria-current={here(to) ? 'page' : undefined}>
                <Icon aria-hidden size={20} stroke={1.7} />
                {t(`place.${id}`)}
              </Link>
            </li>
          ))}
        </ul>
        <div className="br-nav-foot">
          <div className="br-who">
            <Link href="/account" className="br-who-link" aria-current={here('/account') ? 'page' : undefined}>
              <strong>{account.name}</strong>
            </Link>
            <span className="br-soft">{t(`roles:${account.role}`)}</span>
          </div>
          <div className="br-nav-acts">
            <button type="button" className="br-quiet" onClick={() => void lock.run()}>
              <IconLock aria-hidden size={18} /> {t('lock.now')}
            </button>
            <button type="button" className="br-quiet" onClick={() => void leave.run()}>
              <IconLogout aria-hidden size={18} /> {t('signOut')}
            </button>
            <SettingsMenu />
          </div>
          <LanguageSwitch />
        </div>
      </nav>
      <main id="main" className="br-main" tabIndex={-1}>
        {away}
        {children}
      </main>
    </div>
  );
}
