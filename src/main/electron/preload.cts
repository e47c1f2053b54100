// Runs in the sandbox before each page: gives it `window.shell` and nothing else. CommonJS, because a sandboxed preload is.
const { contextBridge, ipcRenderer }: typeof import('electron') = require('electron');

type Shell = import('../../shared/shell.ts', { with: { 'resolution-mode': 'import' }}).Shell;

const given = '--bir-ret-capabilities=';
const capabilities = JSON.parse(process.argv.find((arg) => arg.startsWith(given))?.slice(given.length) ?? '{}');

/** Main parses what comes in and answers in the shape of `Shell`; here is only the wire. */
const ask = (channel: string, ...args: unknown[]) => ipcRenderer.invoke(`shell:${channel}`, ...args);

const shell: Shell = {
  capabilities,
  displays: () => ask('displays'),
  openSecondWindow: (path, display) => ask('openSecondWindow', path, display),
  openPractice: () => ask('openPractice'),
  closeSecondWindow: () => ask('closeSecondWindow'),
  protect: (on) => ask('protect', on),
  kiosk: (on) => ask('kiosk', on),
  print: () => ask('print'),
  chooseFolder: (title) => ask('chooseFolder', title),
  chooseFile: (choice) => ask('chooseFile', choice),
  chooseNewFile: (choice) => ask('chooseNewFile', choice),
};

contextBridge.exposeInMainWorld('shell', shell);
