// Mantine's calendars take month and day names from dayjs; English is built in.
import 'dayjs/locale/kk';
import 'dayjs/locale/ru';
