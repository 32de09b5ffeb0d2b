/** Passed to the Nuxt UI plugin. Colours by meaning (see styles/palette.css); the rest only what the defaults do not already say. */
export const theme = {
  colors: {
    primary: 'ember', secondary: 'zinc', neutral: 'zinc' as const,
    info: 'indigo', success: 'emerald', warning: 'amber', error: 'rose',
  },
  button: {
    slots: { base: 'font-medium cursor-pointer' },
    // Under the pointer a link gains contrast: the default, three quarters of its colour, is too pale to be read (4.5:1).
    compoundVariants: [
      { color: 'primary' as const, variant: 'link' as const, class: 'hover:text-primary-700 active:text-primary-700 dark:hover:text-primary-300 dark:active:text-primary-300' },
      { color: 'primary' as const, variant: 'soft' as const, class: 'text-primary-700 dark:text-primary' },
    ],
  },
  badge: {
    slots: { base: 'font-medium' },
    // On its own tint a colour needs a darker step to be read (4.5:1) in the light theme.
    compoundVariants: [
      { color: 'primary' as const, variant: 'soft' as const, class: 'text-primary-700 dark:text-primary' },
      { color: 'success' as const, variant: 'soft' as const, class: 'text-success-800 dark:text-success' },
      { color: 'warning' as const, variant: 'soft' as const, class: 'text-warning-800 dark:text-warning' },
      { color: 'error' as const, variant: 'soft' as const, class: 'text-error-700 dark:text-error' },
    ],
  },
  breadcrumb: { variants: { active: { true: { link: 'text-highlighted! font-medium!' } } } },
  formField: { slots: { label: 'font-medium text-highlighted', help: 'text-xs text-muted', description: 'text-xs', container: 'mt-1.5 relative' } },
  // What is still to be chosen is to be read as well: the default grey is too pale (4.5:1).
  radioGroup: { slots: { description: 'text-toned' } },
  select: { slots: { placeholder: 'truncate text-muted' } },
  selectMenu: { slots: { placeholder: 'truncate text-muted' } },
  // On a phone a dialog is a sheet at the thumb's end of the screen.
  modal: { slots: { title: 'text-lg', content: 'max-sm:top-auto max-sm:bottom-0 max-sm:w-full max-sm:max-w-none max-sm:translate-y-0 max-sm:rounded-b-none' } },
}
