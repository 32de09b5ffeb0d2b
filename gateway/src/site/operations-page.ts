import type { Refund } from '../refunds.ts'
import { settlementModes, type SettlementMode } from '../settlement.ts'
import { transferFailures, type Transfer } from '../transfers.ts'
import { dayAndTime, maskAccount, yuan } from './format.ts'
import { html, type Markup } from './html.ts'
import { layout, type Page } from './layout.ts'
import { word, type Language, type Text } from './text.ts'

export type OperationsView = { mode: SettlementMode; saved: boolean; transfers: Transfer[]; refunds: Refund[] }

/** Where a person decides what becomes of payouts and refunds. */
export function operationsPage(page: Omit<Page, 'title' | 'body'>, view: OperationsView): string {
  const { text, language } = page
  const body = html`<main id="main" class="frame single wide">
<h1 class="title">${text.operations.title}</h1><p class="hint">${text.operations.hint}</p>
<form class="card mode" method="post" action="/sandbox/transfers/mode?lang=${language}"><fieldset><legend>${text.operations.mode}</legend>
${settlementModes.map((mode) => html`<label><input type="radio" name="mode" value="${mode}" ${mode === view.mode && html`checked`} data-testid="mode-${mode}"> ${text.operations.modes[mode]}</label>`)}
</fieldset><button type="submit" data-testid="save-mode">${text.operations.save}</button>
${view.saved && html`<span role="status" class="hint">${text.operations.saved}</span>`}</form>
<section><h2>${text.operations.transfers}</h2>${transferTable(text, language, view.transfers)}</section>
<section><h2>${text.operations.refunds}</h2>${refundTable(text, language, view.refunds)}</section>
</main>`
  return layout({ ...page, title: text.operations.title, body })
}

function transferTable(text: Text, language: Language, transfers: Transfer[]): Markup {
  const words = text.operations
  if (transfers.length === 0) return empty(text)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="${words.transfers}"><table data-testid="transfers">
<thead><tr><th scope="col">${words.number}</th><th scope="col">${words.payee}</th><th scope="col" class="number">${words.amount}</th><th scope="col">${words.state}</th><th scope="col">${words.at}</th><th scope="col">${words.action}</th></tr></thead>
<tbody>${transfers.map((transfer) => html`<tr data-testid="transfer" data-no="${transfer.transferNo}" data-state="${transfer.state}">
<td class="mono" data-label="${words.number}">${transfer.outBizNo}</td><td data-label="${words.payee}">${transfer.payeeName}<small>${maskAccount(transfer.payeeAccount)}</small></td>
<td class="number" data-label="${words.amount}">${yuan(transfer.amount)}</td><td data-label="${words.state}">${state(text, transfer)}</td><td data-label="${words.at}">${dayAndTime(transfer.settledAt ?? transfer.createdAt)}</td>
<td>${transferActions(text, language, transfer)}</td></tr>`)}</tbody></table></div>`
}

function transferActions(text: Text, language: Language, transfer: Transfer): Markup {
  const words = text.operations
  if (transfer.state !== 'processing') {
    return html`<form method="post" action="/sandbox/transfers/${transfer.transferNo}/redeliver?lang=${language}"><button type="submit" data-testid="redeliver">${words.redeliver}</button></form>`
  }
  return html`<form class="decide" method="post" action="/sandbox/transfers/${transfer.transferNo}/decide?lang=${language}">
<button type="submit" name="state" value="paid" data-testid="succeed">${words.succeed}</button>
<select name="failure" aria-label="${words.failure}" data-testid="failure">${transferFailures.map((failure) => html`<option value="${failure}">${word(text.reasons, failure)}</option>`)}</select>
<button type="submit" name="state" value="failed" data-testid="fail">${words.fail}</button></form>`
}

function refundTable(text: Text, language: Language, refunds: Refund[]): Markup {
  const words = text.operations
  if (refunds.length === 0) return empty(text)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="${words.refunds}"><table data-testid="refunds">
<thead><tr><th scope="col">${words.number}</th><th scope="col">${text.tradeNo}</th><th scope="col" class="number">${words.amount}</th><th scope="col">${words.state}</th><th scope="col">${words.at}</th><th scope="col">${words.action}</th></tr></thead>
<tbody>${refunds.map((refund) => html`<tr data-testid="refund" data-no="${refund.refundNo}" data-state="${refund.state}">
<td class="mono" data-label="${words.number}">${refund.outRequestNo}</td><td class="mono" data-label="${text.tradeNo}"><a href="/cashier/${refund.tradeNo}?lang=${language}">${refund.tradeNo}</a></td>
<td class="number" data-label="${words.amount}">${yuan(refund.amount)}</td><td data-label="${words.state}">${state(text, refund)}</td><td data-label="${words.at}">${dayAndTime(refund.settledAt ?? refund.createdAt)}</td>
<td>${refund.state === 'processing' && html`<form class="decide" method="post" action="/sandbox/refunds/${refund.refundNo}/decide?lang=${language}">
<button type="submit" name="state" value="succeeded" data-testid="succeed">${words.succeed}</button>
<button type="submit" name="state" value="failed" data-testid="fail">${words.fail}</button></form>`}</td></tr>`)}</tbody></table></div>`
}

function state(text: Text, row: { state: string; reason: string | null }): Markup {
  return html`<b class="state ${row.state}">${word(text.states, row.state)}</b>${row.reason !== null && html`<small>${word(text.reasons, row.reason)}</small>`}`
}

function empty(text: Text): Markup {
  return html`<p class="hint">${text.operations.empty}</p>`
}
