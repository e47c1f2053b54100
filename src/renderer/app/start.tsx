import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import './fonts.css';
import './base.css';
import '../ui/ui.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connect } from './client.ts';
import { startLanguage } from './language.ts';
import { useSettings } from './settings.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
document.documentElement.setAttribute('data-mantine-color-scheme', useSettings.getState().theme);
const words = await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App words={words} connection={connect()} />
  </StrictMode>,
);
