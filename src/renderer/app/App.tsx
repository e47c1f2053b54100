import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import { type Connection, ConnectionProvider } from './client.ts';
import './dayjsLocales.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Gate } from './Gate.tsx';
import { PracticeFrame } from './PracticeFrame.tsx';
import { watch } from './sessionStore.ts';
import { useSettings } from './settings.ts';
import { resolveVariables, theme } from './theme.ts';

export interface AppProps {
  readonly words: i18n;
  readonly connection: Connection;
}

/** The layers, from the outside in: look, words, what catches a broken screen, the station, who may see what. */
export function App({ words, connection }: AppProps) {
  const scheme = useSettings((settings) => settings.theme);
  const language = useSettings((settings) => settings.language);
  useEffect(() => watch(connection.quietly), [connection]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      <I18nextProvider i18n={words}>
        <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
          <ErrorBoundary>
            <ConnectionProvider value={connection}>
              <Gate />
              <PracticeFrame />
            </ConnectionProvider>
          </ErrorBoundary>
        </DatesProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}
