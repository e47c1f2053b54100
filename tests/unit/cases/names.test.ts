import { describe, expect, it } from 'vitest';
import { foldWord, keysMetBy, likeness, mentionsName, nameKeys } from '../../../src/shared/domain/names.ts';

describe('foldWord', () => {
  it.each([
    ['Нұрланова', 'Нурланова'],
    ['Нұрланова', 'Nurlanova'],
    ['Нұрланова', 'Nūrlanova'],
    ['Айгерім', 'Айгерим'],
    ['Айгерім', 'Aigerim'],
    ['Айгерім', 'Aygerim'],
    ['Айша', 'Aisha'],
    ['Айша', 'Aişa'],
    ['Жұлдыз', 'Zhuldyz'],
    ['Жұлдыз', 'Jūldyz'],
    ['Қуаныш', 'Kuanysh'],
    ['Қуаныш', 'Quanyş'],
    ['Юлия', 'Iuliia'],
    ['Юлия', 'Yuliya'],
    ['Ковалёва', 'КОВАЛЕВА'],
    ['Хан', 'Khan'],
    ['Джамиля', 'Dzhamilya'],
    ['Мәңгілік', 'Mangilik'],
    ['Әсел', 'А\u0308сел'.normalize('NFC')],
  ])('%s and %s are one', (one, other) => {
    expect(foldWord(one)).toBe(foldWord(other));
    expect(foldWord(one)).not.toBe('');
  });

  it.each([
    ['Айша', 'Аяна'],
    ['Арман', 'Арсен'],
    ['Нұрлан', 'Нұрбол'],
  ])('%s and %s are two', (one, other) => {
    expect(foldWord(one)).not.toBe(foldWord(other));
  });
});

describe('mentionsName', () => {
  const aisha = ['Нұрланова', 'Айша'];

  it.each([
    'Айша пришла с мамой',
    'спросить у АЙШИ ещё раз',
    'с Айшей',
    'про Айшу',
    'Айшаның суреті',
    'Айшадан сұрау',
    'комната Нурлановой',
    'Нұрлановамен сөйлесу',
    'aisha is tired',
    'the Nurlanova case',
    'дело(Нурланова)',
    'Айша-жан',
  ])('finds her in “%s”', (text) => {
    expect(mentionsName(text, aisha)).toBe(true);
  });

  it.each(['Ребёнок устал', 'K-7F3A пришла с мамой', 'Кабинет 4', 'Нұра өзені', 'ай сайын', '', 'Нур'])(
    'does not find her in “%s”',
    (text) => {
      expect(mentionsName(text, aisha)).toBe(false);
    },
  );

  it.each(['Анна', 'с Анной', 'у Анны', 'Аннаның', 'Anna'])('finds a name of four letters in “%s”', (text) => {
    expect(mentionsName(text, ['Анна'])).toBe(true);
  });

  it('takes a short name only as a whole word', () => {
    expect(mentionsName('Ян пришёл', ['Ян'])).toBe(true);
    expect(mentionsName('январь', ['Ян'])).toBe(false);
    expect(mentionsName('Алия', ['Али'])).toBe(false);
  });

  it('finds nothing for nobody, and is not kept busy by a long text', () => {
    expect(mentionsName('anything', [])).toBe(false);
    expect(mentionsName('anything', ['', ' - '])).toBe(false);
    expect(keysMetBy('бір екі үш төрт '.repeat(10_000)).length).toBeLessThan(50);
  });
});

it('keys can be compared one by one, so that names need not be there', () => {
  const [surname, given] = nameKeys(['Нұрланова', 'Айша']);
  expect(keysMetBy('Нурлановой')).toContain(surname);
  expect(keysMetBy('Айшу')).toContain(given);
});

describe('likeness', () => {
  it('does not depend on order, alphabet or spaces', () => {
    expect(likeness(['Нұрланова', 'Айша'])).toBe(likeness(['Aisha', ' NURLANOVA ']));
    expect(likeness(['Иванова', 'Анна-Мария'])).toBe(likeness(['Иванова ', 'Анна  Мария']));
    expect(likeness(['Иванова', 'Анна'])).not.toBe(likeness(['Иванова', 'Инна']));
  });
});
