// The arrows of the house (docs/architecture.md). An area is entered by its index.ts alone; what may be entered from where is
// listed here. tests/unit/house/arrows.test.ts plants a forbidden import of each kind and sees it refused.

/** Areas that other areas may use: keys and bytes, the log, signatures, the recorder's client, the verifier, how a device is opened, and how a paper is drawn. */
const lower = 'papers|vault|custody|sealing|recorder|verification|rooms/devices|rooms/ffmpeg';
/** The door of an area, or of a part of one. */
const doors = ['^src/main/[^/]+/index[.]ts$', '^src/main/[^/]+/[^/]+/index[.]ts$'];
/** Folders that every area may use, file by file. */
const ground = 'platform|database';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'What needs each other is one thing, or a third is missing.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unknown',
      severity: 'error',
      comment: 'Every import is found.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-knows-nothing-of-ours',
      severity: 'error',
      comment: 'src/shared is used by both sides and uses neither.',
      from: { path: '^src/shared/' },
      to: { path: '^src/(main|renderer)/' },
    },
    {
      name: 'shared-runs-in-a-browser',
      severity: 'error',
      comment: "src/shared is bundled into the screens, so Node's own modules are not there.",
      from: { path: '^src/shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-know-shared-only',
      severity: 'error',
      comment: 'A screen knows the station by its contract.',
      from: { path: '^src/renderer/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'screens-run-in-a-browser',
      severity: 'error',
      comment: 'A screen asks capabilities() what it can do; it never reaches for Node or Electron.',
      from: { path: '^src/renderer/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'screens-have-no-node',
      severity: 'error',
      comment: "A screen is a web page: none of Node's modules.",
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-the-shell-only',
      severity: 'error',
      comment: 'Only src/main/electron knows Electron.',
      from: { path: '^src/', pathNot: '^src/main/electron/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'shell-knows-the-station-by-address',
      severity: 'error',
      comment: 'The shell starts or finds a station (src/main/launch) and loads its pages; it has none of its code.',
      from: { path: '^src/main/(electron|launch)/' },
      to: { path: '^src/main/', pathNot: '^src/main/(electron|launch|platform)/' },
    },
    {
      name: 'nobody-enters-the-shell',
      severity: 'error',
      comment: 'Nothing is built upon the shell.',
      from: { path: '^src/', pathNot: '^src/main/electron/' },
      to: { path: '^src/main/electron/' },
    },
    {
      name: 'areas-by-their-index',
      severity: 'error',
      comment: 'What an area (or a part of one with a door of its own) offers stands in its index.ts.',
      from: { path: '^src/main/([^/]+)/' },
      to: { path: '^src/main/[^/]+/', pathNot: [`^src/main/($1|${ground})/`, ...doors] },
    },
    {
      name: 'areas-by-their-index-from-the-top',
      severity: 'error',
      comment: 'composition.ts and station.ts enter the areas by the same door.',
      from: { path: '^src/main/[^/]+[.]ts$' },
      to: { path: '^src/main/[^/]+/', pathNot: [`^src/main/(composition|${ground})/`, ...doors] },
    },
    {
      name: 'areas-keep-to-themselves',
      severity: 'error',
      comment: 'Areas meet in composition.ts; besides that they may use the lower ones only.',
      from: {
        path: '^src/main/(accounts|administration|attachments|backup|papers|protocol|transcripts|cases|rooms|selfTest|recorder|recording|vault|sealing|custody|jurisdiction|playback|copies|archive|timestamps|verification)/',
      },
      to: { path: '^src/main/', pathNot: `^src/main/($1|${lower}|${ground})/` },
    },
    {
      name: 'ground-knows-no-area',
      severity: 'error',
      comment: 'platform and database are below every area.',
      from: { path: '^src/main/(platform|database)/' },
      to: { path: '^src/main/', pathNot: '^src/main/(platform|database)/' },
    },
    {
      name: 'platform-is-the-ground',
      severity: 'error',
      comment: 'The ports to the outside know nothing above them.',
      from: { path: '^src/main/platform/' },
      to: { path: '^src/main/', pathNot: '^src/main/platform/' },
    },
    {
      name: 'fluent-ffmpeg-for-copies-only',
      severity: 'error',
      comment: 'docs/adr/0003: live recording spawns ffmpeg itself; the archived library stays behind one adapter.',
      from: { path: '^src/', pathNot: '^src/main/copies/' },
      to: { path: 'node_modules/fluent-ffmpeg/' },
    },
    {
      name: 'station-without-development-packages',
      severity: 'error',
      comment: 'What the station runs on is among the dependencies; the screens are bundled and may use the others.',
      from: { path: '^src/(main|shared)/', pathNot: '^src/main/electron/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      comment: 'Tests know the product, not the other way round.',
      from: { path: '^src/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    moduleSystems: ['es6', 'cjs'],
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.cts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
