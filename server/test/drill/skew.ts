/** Loaded before a process's own program: its machine's clock is wrong by SKEW_MS. */
const skewMs = Number(process.env['SKEW_MS'] ?? 0)
const now = Date.now.bind(Date)

Date.now = () => now() + skewMs
globalThis.Date = new Proxy(Date, {
  construct: (target, values, self) => Reflect.construct(target, values.length === 0 ? [Date.now()] : values, self) as object,
})
