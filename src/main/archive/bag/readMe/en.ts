import type { ReadMeWords } from './words.ts';

export const en: ReadMeWords = {
  lang: 'en',
  name: 'English',
  title: 'Evidence bag',
  what: [
    'This folder holds one sealed interview: the original recordings exactly as they were made, the signed record of what was recorded, the signatures, and the custody log of everything that was done to it.',
    'Keep the folder as it is. A file that is changed, renamed, added or removed makes the check fail. Work on a copy.',
  ],
  facts: {
    exhibit: 'Exhibit',
    caseNumber: 'Case',
    court: 'Court',
    recorded: 'Recorded (UTC)',
    sealed: 'Sealed (UTC)',
    tracks: 'Recordings',
    signers: 'Signed by (SHA-256 of the certificate)',
    record: 'SHA-256 of record.json',
    log: 'Key of the custody log',
    roots: 'SHA-256 of the station’s root certificate',
  },
  roles: { station: 'station', officer: 'officer' },
  minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
  practice: 'A practice recording. It is no evidence, and every check of it says so.',
  simulated: 'Made with simulated devices: a test, not a real interview.',
  recovered: 'Recovered after the recording broke off; record.json says what was lost.',
  watchTitle: 'To watch and listen',
  watch:
    'The files in tracks are fragmented MP4 and open in ordinary players. Each camera and each microphone is a file of its own.',
  checkTitle: 'To check',
  checkFiles: 'That nothing is missing or changed, in the folder above data:',
  checkSignature: 'That the record was signed, in the folder data (ROOT.pem is the station’s root certificate):',
  checkRoot:
    'Take the root certificate from the court, or compare its SHA-256 with the printed label. The copy in signatures/roots lies here for convenience only: whoever forged a bag would have forged it too.',
  checkAll: 'Everything at once, with the program’s own check, which needs no station and no network:',
  proofTitle: 'What this proves',
  proof: [
    'The recordings and their timeline are those that stood when the record was sealed, signed by those named above; and the custody log has not been cut or changed since any head of it that somebody else holds.',
    'It does not prove what stood before the camera. Without a time-stamp from outside, the times are what the station says of itself.',
  ],
};
