// Called by electron-builder on each packed app: burns Electron's fuses, so that the shipped program can be nothing but our shell.
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** The state of every fuse that matters here. Linux has no check of the archive's integrity. */
export const fusesFor = (platform) => ({
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
});

export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  await flipFuses(executableOf(appOutDir, electronPlatformName, packager), fusesFor(electronPlatformName));
}

function executableOf(folder, platform, packager) {
  switch (platform) {
    case 'win32':
      return join(folder, `${packager.appInfo.productFilename}.exe`);
    case 'darwin':
      return join(folder, `${packager.appInfo.productFilename}.app`);
    default:
      return join(folder, packager.executableName);
  }
}
