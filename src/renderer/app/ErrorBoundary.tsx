import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SentenceError } from '../ui/SentenceError.tsx';

function Broken({ again }: { readonly again: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="br-alone">
      <div className="br-alone-card">
        <h1>{t('broken.title')}</h1>
        <p>{t('broken.text')}</p>
        <SentenceError trouble={{ code: 'INTERNAL', params: { at: 'screen' } }} />
        <Button onClick={again}>{t('broken.again')}</Button>
      </div>
    </main>
  );
}

/** Catches a screen that broke. The station, and a recording in it, do not notice. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <Broken again={() => this.setState({ broken: false })} />;
  }
}
