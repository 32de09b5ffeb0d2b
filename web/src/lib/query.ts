/**
 * Server state. `useApiQuery` and `useApiMutation` bind TanStack Query to the contracts: keys are [feature, endpoint, arguments], so
 * `invalidate('orders')` makes all that is shown of orders fresh.
 */
import {
  keepPreviousData, MutationCache, QueryCache, QueryClient, useInfiniteQuery, useMutation, useQuery,
  type InfiniteData, type UseInfiniteQueryReturnType, type UseMutationReturnType, type UseQueryReturnType,
} from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { AnswerOf, AnyCall, ArgumentsOf, CallOptions, RowOf } from './api-types.ts'
import { failureText } from './failure-text.ts'
import { makeFresh } from './fresh.ts'
import { ApiProblem, NetworkFailure } from './problem.ts'
import { askServer } from './server-clock.ts'
import { toast } from './toasts.ts'

const STALE_MS = 30_000
const MAX_RETRIES = 2

declare module '@tanstack/vue-query' {
  interface Register {
    /** `quiet`: the caller shows the failure itself, beside the field or in place. */
    mutationMeta: { quiet?: boolean }
  }
}

/** A refusal is not asked for again; a lost connection or a busy server is. */
function shouldRetry(failures: number, error: unknown): boolean {
  const worthIt = error instanceof NetworkFailure || (error instanceof ApiProblem && (error.status >= 500 || error.status === 429))
  return worthIt && failures < MAX_RETRIES
}

let signInNeeded: (() => void) | null = null
/** Told when the server says that nobody is signed in: a session that has ended while its pages were open. */
export function whenSignInNeeded(handler: () => void): void {
  signInNeeded = handler
}
function notice(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 401) signInNeeded?.()
  // It has begun since the server was last asked.
  if (error instanceof ApiProblem && error.code === 'kernel.maintenance') void askServer()
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: STALE_MS, retry: shouldRetry },
    // A person waits for the answer: without a network they are told at once instead of the call being kept for later.
    mutations: { retry: false, networkMode: 'always' },
  },
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      notice(error)
      if (!mutation.meta?.quiet) toast(failureText(error), { tone: 'error' })
    },
  }),
})

export const keyOf = (call: AnyCall, args?: unknown): unknown[] => [...call.endpoint.split('.'), ...(args === undefined ? [] : [args])]

/** Makes what is shown of these features or endpoints fresh: `invalidate('orders', 'wallet.balance')`. */
export async function invalidate(...names: string[]): Promise<void> {
  await Promise.all(names.map(name => makeFresh(queryClient, name.split('.'))))
}

export type ApiQueryOptions = { enabled?: MaybeRefOrGetter<boolean>, staleTime?: number, keepPrevious?: boolean, refetchInterval?: number | false }

type Invoke<C extends AnyCall> = (args: object) => Promise<AnswerOf<C>>
type Failure = ApiProblem | NetworkFailure

/** Reads an endpoint. `args` may be a getter; a change of it asks again. `null` waits until the arguments are known. */
export function useApiQuery<C extends AnyCall>(call: C, args?: MaybeRefOrGetter<ArgumentsOf<C> | null>, options: ApiQueryOptions = {}): UseQueryReturnType<AnswerOf<C>, Failure> {
  const queryOptions = computed(() => {
    const given = toValue(args) as object | null | undefined
    return {
      queryKey: keyOf(call, given ?? undefined),
      queryFn: ({ signal }: { signal: AbortSignal }) => (call as unknown as Invoke<C>)({ ...given, signal }),
      enabled: given !== null && (toValue(options.enabled) ?? true),
      staleTime: options.staleTime ?? STALE_MS,
      refetchInterval: options.refetchInterval ?? false,
      placeholderData: options.keepPrevious ? keepPreviousData : undefined,
    }
  })
  // The library's own inference does not see through the contract's types; the cast names what `call` answers.
  return useQuery(queryOptions as never) as UseQueryReturnType<AnswerOf<C>, Failure>
}

export type ApiMutationOptions<C extends AnyCall> = {
  /** Features or endpoints made fresh after success. */
  invalidates?: string[]
  /** The failure is shown by the caller (a form, a dialog), not as a toast. */
  quiet?: boolean
  onSuccess?: (answer: AnswerOf<C>, args: ArgumentsOf<C>) => unknown
}

/** Calls an endpoint that changes something; failures are told in a toast unless `quiet`. */
export function useApiMutation<C extends AnyCall>(call: C, options: ApiMutationOptions<C> = {}): UseMutationReturnType<AnswerOf<C>, Failure, ArgumentsOf<C> & CallOptions, unknown> {
  return useMutation<AnswerOf<C>, Failure, ArgumentsOf<C> & CallOptions>({
    mutationFn: args => (call as unknown as Invoke<C>)(args as object),
    meta: { quiet: options.quiet ?? false },
    onSuccess: async (answer, args) => {
      await options.onSuccess?.(answer, args)
      if (options.invalidates) void invalidate(...options.invalidates)
    },
  })
}

/** Reads a list page by page (contracts with `cursor` and `next`). `rows` are all read so far, `first` is the first page as it was answered. */
export function useApiPages<C extends AnyCall>(call: C, args?: MaybeRefOrGetter<ArgumentsOf<C> | null>, options: Pick<ApiQueryOptions, 'enabled' | 'staleTime'> = {}) {
  type Page = AnswerOf<C> & { items: RowOf<C>[], next: string | null }
  const queryOptions = computed(() => {
    const given = toValue(args) as { query?: object } | null | undefined
    return {
      queryKey: [...keyOf(call, given ?? undefined), 'pages'],
      queryFn: ({ signal, pageParam }: { signal: AbortSignal, pageParam: string | undefined }) =>
        (call as unknown as Invoke<C>)({ ...given, query: { ...given?.query, cursor: pageParam }, signal }),
      initialPageParam: undefined,
      getNextPageParam: (page: Page) => page.next ?? undefined,
      enabled: given !== null && (toValue(options.enabled) ?? true),
      staleTime: options.staleTime ?? STALE_MS,
    }
  })
  const query = useInfiniteQuery(queryOptions as never) as UseInfiniteQueryReturnType<InfiniteData<Page>, Failure>
  return { ...query, rows: computed<RowOf<C>[]>(() => query.data.value?.pages.flatMap(page => page.items) ?? []), first: computed<AnswerOf<C> | undefined>(() => query.data.value?.pages[0]) }
}
