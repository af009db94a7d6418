/**
 * The solution of `matrix × x = right` for a symmetric positive definite matrix, by Cholesky's decomposition.
 *
 * @see Golub, Van Loan, Matrix Computations, 4th edition, section 4.2.
 */
export function solvePositiveDefinite(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const lower = factored(matrix)
  const size = right.length
  const x = right.slice()
  for (let row = 0; row < size; row += 1) {
    let sum = at(x, row)
    for (let column = 0; column < row; column += 1) sum -= entry(lower, row, column) * at(x, column)
    x[row] = sum / entry(lower, row, row)
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = at(x, row)
    for (let column = row + 1; column < size; column += 1) sum -= entry(lower, column, row) * at(x, column)
    x[row] = sum / entry(lower, row, row)
  }
  return x
}

function factored(matrix: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length
  const lower = matrix.map(() => new Float64Array(size))
  for (const [row, line] of lower.entries()) {
    for (let column = 0; column <= row; column += 1) {
      let sum = entry(matrix, row, column)
      for (let inner = 0; inner < column; inner += 1) {
        sum -= at(line, inner) * entry(lower, column, inner)
      }
      line[column] =
        row === column ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / entry(lower, column, column)
    }
  }
  return lower
}

const at = (vector: Float64Array, index: number): number => vector[index] ?? 0
const entry = (matrix: readonly Float64Array[], row: number, column: number): number =>
  matrix[row]?.[column] ?? 0
