import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { dark, light, type Tokens, variablesOf } from './tokens.ts';

const teal: MantineColorsTuple = [
  '#eef5f4',
  '#e3efee',
  '#c5dfdd',
  '#9fcac8',
  '#74b1b2',
  '#4d969a',
  '#2f767c',
  '#1d5c63',
  '#174c52',
  '#113b40',
];

/** Mantine takes edges, grounds and what is disabled from its greys: ours are as warm as the paper. */
const gray: MantineColorsTuple = [
  light.paper,
  light.quiet,
  light.quiet,
  light.line,
  light.edge,
  '#7d776d',
  light.soft,
  '#46535c',
  '#333f48',
  light.ink,
];

/** The same for the dark theme, from text down to the deepest ground. */
const night: MantineColorsTuple = [
  dark.ink,
  '#d5dcdc',
  dark.soft,
  '#8b9aa1',
  dark.edge,
  dark.line,
  dark.card,
  dark.paper,
  '#131b20',
  dark.night,
];

/** Mantine's parts in the product's look: radius 14 for cards and 11 for controls, a rhythm of 8 px, Noto Sans. */
export const theme = createTheme({
  fontFamily: '"Noto Sans Variable", "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: '"DejaVu Sans Mono", ui-monospace, "Cascadia Mono", Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '1.25' },
      h2: { fontSize: '17px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '12.5px', sm: '13.5px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '40px' },
  radius: { xs: '6px', sm: '8px', md: '11px', lg: '14px', xl: '20px' },
  defaultRadius: 'md',
  colors: { teal, gray, dark: night },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md', allowDeselect: false, checkIconPosition: 'right' } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 3 } },
    Checkbox: { defaultProps: { radius: 'xs' } },
    Modal: { defaultProps: { radius: 'lg', padding: 'lg', centered: true, transitionProps: { duration: 120 } } },
    // Its first item has the focus; a place holder for it would be a child that a menu must not have (ARIA 1.2, menu).
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Card: { defaultProps: { radius: 'lg', padding: 'md', withBorder: true } },
  },
});

function mantineOf(tokens: Tokens): Record<string, string> {
  return {
    ...variablesOf(tokens),
    '--mantine-color-body': tokens.paper,
    '--mantine-color-text': tokens.ink,
    '--mantine-color-dimmed': tokens.soft,
    '--mantine-color-placeholder': tokens.soft,
    '--mantine-color-anchor': tokens.act,
    '--mantine-color-error': tokens.lost,
    '--mantine-color-default': tokens.card,
    '--mantine-color-default-hover': tokens.quiet,
    '--mantine-color-default-color': tokens.ink,
    '--mantine-color-default-border': tokens.edge,
    '--mantine-color-disabled': tokens.quiet,
    '--mantine-color-disabled-color': tokens.edge,
    '--mantine-color-disabled-border': tokens.line,
    '--mantine-primary-color-light': tokens.actSoft,
    '--mantine-primary-color-light-color': tokens.act,
    '--mantine-primary-color-light-hover': tokens.actSoft,
  };
}

/** Gives Mantine the tokens, so that a colour stands in one place only. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: mantineOf(light),
  dark: mantineOf(dark),
});
