/** How good a ranking is. Gain is 2^grade − 1; what nobody judged has grade 0. Recall and MRR are NaN where nothing is relevant. */
export type Measures = { ndcg10: number, recall10: number, recall100: number, mrr: number }

const SHORT = 10
const LONG = 100

/** `relevantFrom` is the grade from which a document counts for recall and for the first hit. */
export function measure(ranked: readonly string[], grades: ReadonlyMap<string, number>, relevantFrom: number): Measures {
  const relevant = [...grades].filter(([, grade]) => grade >= relevantFrom).map(([id]) => id)
  const found = (depth: number): number => (relevant.length === 0 ? Number.NaN : relevant.filter(id => ranked.slice(0, depth).includes(id)).length / relevant.length)
  const first = ranked.findIndex(id => (grades.get(id) ?? 0) >= relevantFrom)
  const ideal = discounted([...grades.values()].sort((a, b) => b - a))
  return {
    ndcg10: ideal === 0 ? 0 : discounted(ranked.map(id => grades.get(id) ?? 0)) / ideal,
    recall10: found(SHORT), recall100: found(LONG), mrr: relevant.length === 0 ? Number.NaN : first < 0 ? 0 : 1 / (first + 1),
  }
}

const discounted = (grades: readonly number[]): number => grades.slice(0, SHORT).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0)

/** Where grades go above 1, a 1 is only somewhat related. */
export function relevantGrade(grades: Iterable<ReadonlyMap<string, number>>): number {
  for (const each of grades) for (const grade of each.values()) if (grade > 1) return 2
  return 1
}

/** Each measure over the queries that have it. */
export function mean(all: readonly Measures[]): Measures {
  const of = (name: keyof Measures): number => {
    const known = all.map(each => each[name]).filter(value => !Number.isNaN(value))
    return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  }
  return { ndcg10: of('ndcg10'), recall10: of('recall10'), recall100: of('recall100'), mrr: of('mrr') }
}
