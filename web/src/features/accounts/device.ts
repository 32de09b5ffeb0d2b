/** What a user agent says of itself, in two words. Only for recognising one's own devices; it may be anything. */
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, '微信'], [/DingTalk\//, 'DingTalk'], [/Edg(?:A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/HuaweiBrowser\//, 'Huawei Browser'], [/MiuiBrowser\//, 'Mi Browser'],
  [/QQBrowser\//, 'QQ 浏览器'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'Mac'], [/Linux/, 'Linux'],
]
const find = (list: readonly [RegExp, string][], text: string): string | undefined => list.find(([pattern]) => pattern.test(text))?.[1]

export type Device = { browser: string, system: string, mobile: boolean }

export function deviceOf(userAgent: string | null): Device | null {
  const [browser, system] = [find(BROWSERS, userAgent ?? ''), find(SYSTEMS, userAgent ?? '')]
  return browser && system ? { browser, system, mobile: /iPhone|iPad|Android|HarmonyOS/.test(system) } : null
}
