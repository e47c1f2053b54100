/** What `birret --help` prints. */
export const help = `birret: Bir Ret on the command line

  birret serve   --station DIR [--port P] [--practice]
  birret demo    --station DIR [--seconds 10] [--out BAG] [--json]
  birret record  --station DIR --seconds N [--out BAG] [--as LOGIN --password-file F] [--json]
  birret recover --station DIR [--exhibit X] [--as LOGIN --password-file F] [--json]
  birret export  --station DIR --exhibit X --out BAG --as LOGIN --password-file F [--recipient age1…] [--to OFFICE] [--json]
  birret import  BAG --station DIR --as LOGIN --password-file F [--trust ROOT.pem]… [--accept-unestablished] [--json]
  birret certificate EXHIBIT --station DIR --language kk|ru|en --out FILE.pdf --as LOGIN --password-file F [--json]
  birret supplement EXHIBIT FILE… --title TITLE --station DIR --as LOGIN --password-file F [--json]
  birret verify  BAG [--trust ROOT.pem]… [--tsa-trust ROOT.pem]… [--witness VKEY]… [--identity FILE] [--json]
  birret checkpoint --station DIR --out FILE [--witness NAME|VKEY] [--old N] [--log ORIGIN] --as LOGIN --password-file F [--json]
  birret witness --station DIR --checkpoint FILE --out FILE --as LOGIN --password-file F [--json]
  birret cosigned --station DIR --checkpoint FILE --as LOGIN --password-file F [--json]
  birret backup  DEST --station DIR [--without-recordings] --as LOGIN --password-file F [--json]
  birret backup  check FOLDER [--json]
  birret restore FOLDER --into DIR [--targets A [B]] [--json]

A witness is another station: checkpoint writes what is carried to it, witness answers there, cosigned takes the answer in.
After a restore, checkpoint --log gives the last head of the earlier log: a witness that saw more of it finds that out.
A password is never an argument: --password-file names a file whose first line it is.
Exit status: 0 done; 1 failed; 2 wrong usage, or something that cannot be read; 3 (verify, certificate) nothing failed,
but authenticity is not established. With --json standard output is one JSON object a line; the log goes to standard error.
`;
