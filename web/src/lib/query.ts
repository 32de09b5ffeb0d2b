/**
 * Server state. `useApiQuery` and `useApiMutation` bind TanStack Query to the contracts: keys are [feature, endpoint, arguments], so
 * `invalidate('orders')` makes all that is shown of orders fresh.
 */
import { MutationCache, QueryClient, useMutation, useQuery, type UseMutationReturnType, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { AnswerOf, AnyCall, ArgumentsOf, CallOptions } from './api-types.ts'
import { failureText } from './failure-text.ts'
import { ApiProblem, NetworkFailure } from './problem.ts'
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

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: STALE_MS, retry: shouldRetry },
    // A person waits for the answer: without a network they are told at once instead of the call being kept for later.
    mutations: { retry: false, networkMode: 'always' },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (!mutation.meta?.quiet) toast(failureText(error), { tone: 'error' })
    },
  }),
})

export const keyOf = (call: AnyCall, args?: unknown): unknown[] => [...call.endpoint.split('.'), ...(args === undefined ? [] : [args])]

/** Makes what is shown of these features or endpoints fresh: `invalidate('orders', 'wallet.balance')`. */
export async function invalidate(...names: string[]): Promise<void> {
  await Promise.all(names.map(name => queryClient.invalidateQueries({ queryKey: name.split('.') })))
}

export type ApiQueryOptions = { enabled?: MaybeRefOrGetter<boolean>, staleTime?: number, keepPrevious?: boolean, refetchInterval?: number | false }

/** Reads an endpoint. `args` may be a getter; a change of it asks again. `null` waits until the arguments are known. */
export function useApiQuery<C extends AnyCall>(call: C, args?: MaybeRefOrGetter<ArgumentsOf<C> | null>, options: ApiQueryOptions = {}): UseQueryReturnType<AnswerOf<C>, ApiProblem | NetworkFailure> {
  return useQuery(computed(() => {
    const given = toValue(args)
    return {
      queryKey: keyOf(call, given ?? undefined),
      queryFn: ({ signal }: { signal: AbortSignal }) => (call as unknown as (args: object) => Promise<AnswerOf<C>>)({ ...given, signal }),
      enabled: given !== null && (toValue(options.enabled) ?? true),
      ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
      ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
      ...(options.keepPrevious ? { placeholderData: (previous: AnswerOf<C> | undefined) => previous } : {}),
    }
  })) as UseQueryReturnType<AnswerOf<C>, ApiProblem | NetworkFailure>
}

export type ApiMutationOptions<C extends AnyCall> = {
  /** Features or endpoints made fresh after success. */
  invalidates?: string[]
  /** The failure is shown by the caller (a form, a dialog), not as a toast. */
  quiet?: boolean
  onSuccess?: (answer: AnswerOf<C>, args: ArgumentsOf<C>) => unknown
}

/** Calls an endpoint that changes something; failures are told in a toast unless `quiet`. */
export function useApiMutation<C extends AnyCall>(call: C, options: ApiMutationOptions<C> = {}): UseMutationReturnType<AnswerOf<C>, ApiProblem | NetworkFailure, ArgumentsOf<C> & CallOptions, unknown> {
  return useMutation({
    mutationFn: (args: ArgumentsOf<C> & CallOptions) => (call as unknown as (args: object) => Promise<AnswerOf<C>>)(args),
    meta: { quiet: options.quiet ?? false },
    onSuccess: async (answer: AnswerOf<C>, args: ArgumentsOf<C> & CallOptions) => {
      await options.onSuccess?.(answer, args)
      if (options.invalidates) void invalidate(...options.invalidates)
    },
  }) as UseMutationReturnType<AnswerOf<C>, ApiProblem | NetworkFailure, ArgumentsOf<C> & CallOptions, unknown>
}
