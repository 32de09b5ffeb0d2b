import { delays, faults, type FaultChoice } from '../faults.ts'
import type { JournalLine } from '../journal.ts'
import { MAX_WRONG_CODES, channels, type Trade } from '../trades.ts'
import { countdown, dayAndTime, splitYuan, timeOfDay, yuan } from './format.ts'
import { html, type Markup } from './html.ts'
import { layout, type Page } from './layout.ts'
import { spaced, tell, word, type Language, type Text } from './text.ts'

export type CashierView = {
  trade: Trade
  refunded: bigint
  lines: JournalLine[]
  now: number
  /** What the payer had chosen before a wrong code. */
  choice: FaultChoice
}

export function cashierPage(page: Omit<Page, 'title' | 'body'>, view: CashierView): string {
  const { text, language } = page
  const body = view.trade.state === 'pending' ? pendingBody(text, language, view) : endedBody(text, language, view)
  return layout({ ...page, title: `${text.title} ${yuan(view.trade.amount)}`, body })
}

/** The lines alone: the page's script fetches them while notifications are under way. */
export function logLines(text: Text, { trade, lines }: Pick<CashierView, 'trade' | 'lines'>): Markup {
  const rows = lines.map((line) => html`<li class="${line.entry === 'sent' && !line.data.accepted ? 'bad' : ''}" data-entry="${line.entry}">
<time datetime="${new Date(line.at).toISOString()}">${timeOfDay(line.at)}</time><span>${tell(text, line)}</span></li>`)
  const waiting = trade.state === 'pending'
    ? html`<li class="waiting"><span>${text.waiting}</span><span>${text.waitingFor}<b data-chosen-fault>${text.faults.normal.label}</b></span></li>`
    : null
  return html`${rows}${waiting}`
}

function pendingBody(text: Text, language: Language, view: CashierView): Markup {
  const { trade } = view
  return html`<main id="main" class="frame">
<form id="pay" class="columns" method="post" action="${action(trade, 'pay', language)}" data-testid="pay-form">
<section class="card" aria-labelledby="amount">
${headline(text, trade, html`<p class="left">${text.remaining}<span role="timer" data-remaining="${trade.expireAt - view.now}" data-testid="remaining">${countdown(trade.expireAt - view.now)}</span></p>`)}
${facts(text, trade)}
<fieldset class="methods"><legend>${text.channel}</legend><div class="table">
${channels.map((channel) => html`<label><span><b>${text.channels[channel].label}</b><small>${text.channels[channel].description}</small></span>
<input type="radio" name="channel" value="${channel}" ${channel === trade.channel && html`checked`} data-testid="channel-${channel}"></label>`)}
</div></fieldset>
${codeField(text, trade)}
<button class="primary" type="submit" data-testid="pay">${text.pay(yuan(trade.amount))}</button>
<p class="under"><span>${text.payHint}</span><span class="ways"><button class="link" type="submit" formnovalidate formaction="${action(trade, 'decline', language)}" data-testid="decline">${text.decline}</button>
<a href="/cashier/${trade.tradeNo}/leave" data-testid="leave">${text.leave}</a></span></p>
</section>
<aside aria-label="${text.faultsTitle}">${faultChoice(text, view.choice)}${log(text, view, language)}</aside>
</form></main>`
}

function endedBody(text: Text, language: Language, view: CashierView): Markup {
  const { trade } = view
  const outcome = text.outcome[trade.state === 'pending' ? 'closed' : trade.state]
  const paid = trade.state === 'succeeded'
  return html`<main id="main" class="frame"><div class="columns">
<section class="card" aria-labelledby="amount">
<p class="outcome ${trade.state}" role="status" data-testid="outcome" data-state="${trade.state}"><b>${outcome.title}</b>
<span>${trade.reason === null ? null : text.because(word(text.reasons, trade.reason))}${outcome.hint}</span></p>
${headline(text, trade, view.refunded > 0n && html`<p class="left" data-testid="refunded">${text.refunded(yuan(view.refunded))}</p>`)}
${facts(text, trade)}
<a class="primary" href="/cashier/${trade.tradeNo}/leave" data-testid="back">${text.back}</a>
${paid && html`<form class="again" method="post" action="${action(trade, 'pay-again', language)}"><p>${text.payAgainHint}</p><button type="submit" data-testid="pay-again">${text.payAgain}</button></form>`}
</section>
<aside aria-label="${text.faultsTitle}">
<form method="post" action="${action(trade, 'redeliver', language)}">${faultChoice(text, view.choice)}
<button type="submit" data-testid="redeliver">${text.redeliver}</button></form>
${log(text, view, language)}</aside>
</div></main>`
}

function headline(text: Text, trade: Trade, right: Markup | false): Markup {
  const { whole, fraction } = splitYuan(trade.amount)
  return html`<div class="headline"><div><p>${text.payTo}</p>
<h1 id="amount" data-testid="amount"><small>¥</small>${whole}<small>.${fraction}</small></h1></div>${right}</div>`
}

function facts(text: Text, trade: Trade): Markup {
  const paid = trade.paidAt === null ? null : html`<dt>${text.paidAt}</dt><dd>${dayAndTime(trade.paidAt)}</dd>
<dt>${text.channel}</dt><dd>${text.channels[trade.channel].label}</dd>`
  return html`<dl><dt>${text.subject}</dt><dd data-testid="subject">${trade.subject}</dd><dt>${text.outTradeNo}</dt><dd>${trade.outTradeNo}</dd>
<dt>${text.tradeNo}</dt><dd class="mono" data-testid="trade-no">${trade.tradeNo}</dd>${paid}</dl>`
}

function codeField(text: Text, trade: Trade): Markup {
  const wrong = trade.wrongCodes > 0
  const error = wrong && html`<p class="error" id="code-error" role="alert" data-testid="code-error">${text.wrongCode(MAX_WRONG_CODES - trade.wrongCodes)}</p>`
  return html`<div class="code"><label for="code">${text.code}</label>
<div class="boxes">${Array.from(trade.code, () => html`<span aria-hidden="true"></span>`)}<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" minlength="6" maxlength="6" required spellcheck="false"
aria-describedby="phone${wrong ? ' code-error' : ''}" ${wrong && html`aria-invalid="true" autofocus`} data-testid="code"></div>
${error}<p class="hint" id="phone" data-testid="phone" data-code="${trade.code}">${text.phone(spaced(trade.code))}</p></div>`
}

function faultChoice(text: Text, choice: FaultChoice): Markup {
  return html`<fieldset class="faults"><legend>${text.faultsTitle}</legend><p class="hint">${text.faultsHint}</p>
${faults.map((fault) => html`<div class="fault"><input type="radio" name="fault" id="fault-${fault}" value="${fault}" ${fault === choice.fault && html`checked`} aria-describedby="about-${fault}" data-testid="fault-${fault}">
<label for="fault-${fault}">${text.faults[fault].label}</label><p class="hint" id="about-${fault}">${text.faults[fault].description}</p></div>`)}
<p class="delay"><label for="delay">${text.delay}</label><select id="delay" name="delay" data-testid="delay">
${delays.map((seconds) => html`<option value="${seconds}" ${seconds === choice.delaySeconds && html`selected`}>${text.duration(seconds)}</option>`)}</select></p>
</fieldset>`
}

function log(text: Text, view: CashierView, language: Language): Markup {
  return html`<section class="log"><h2>${text.logTitle}<small>${text.logOf}</small></h2>
<div role="log" aria-label="${text.logTitle}"><ol data-log="/cashier/${view.trade.tradeNo}/log?lang=${language}" data-state="${view.trade.state}" data-testid="log">${logLines(text, view)}</ol></div></section>`
}

function action(trade: Trade, verb: string, language: Language): string {
  return `/cashier/${trade.tradeNo}/${verb}?lang=${language}`
}
