import { useI18n } from 'vue-i18n'

/** Codes of the audit log in words. A code that has none yet is shown as it is: the log must never hide what happened. */
export function useAuditWords() {
  const { t, te } = useI18n()
  const word = (key: string, code: string): string => (te(key) ? t(key) : code)
  return {
    actionOf: (action: string): string => word(`admin.audit.actions.${action.replace('.', '_')}`, action),
    entityOf: (entity: string): string => word(`admin.audit.entities.${entity}`, entity),
    fieldOf: (field: string): string => word(`admin.audit.fields.${field}`, field),
  }
}
