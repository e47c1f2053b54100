// Mantine's calendars take month and day names from dayjs; English is built in. A date that is typed rather than picked
// is read by its format only with this plugin; without it, what a person typed would be dropped in silence.
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import 'dayjs/locale/kk';
import 'dayjs/locale/ru';

dayjs.extend(customParseFormat);
