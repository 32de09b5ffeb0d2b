/**
 * Whether room is kept for the line above the pages, from the first paint on: as it was when this browser was last here.
 * The line itself comes later, and then moves nothing.
 */
import { ref } from 'vue'
import { recall, remember } from '@/lib/storage.ts'

const KEY = 'announced'

export const lineRoom = ref(recall(KEY) !== null)

export function keepLineRoom(kept: boolean): void {
  lineRoom.value = kept
  remember(KEY, kept ? '1' : null)
}
