import { MAX_CODE_BITS } from "../../scripts/protocol/input-codec/prefix-code.ts";

interface Tree {
  weight: number;
  symbols: number[];
}

/**
 * Lengths of the words of an optimal prefix code for these weights (Huffman 1952), as digits of base 16. Words that would be longer
 * than a code may have are made shorter by raising the smallest weights.
 */
export function huffmanLengths(weights: readonly number[]): string {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (let floor = sum * 1e-4; ; floor *= 1.2) {
    const lengths = optimalLengths(weights.map((weight) => Math.max(weight, floor)));
    if (Math.max(...lengths) <= MAX_CODE_BITS) return lengths.map((length) => length.toString(16)).join("");
  }
}

function optimalLengths(weights: readonly number[]): number[] {
  const lengths = weights.map(() => 0);
  const trees: Tree[] = weights.map((weight, symbol) => ({ weight, symbols: [symbol] }));
  while (trees.length > 1) {
    trees.sort((a, b) => b.weight - a.weight);
    const rarest = trees.splice(-2);
    const symbols = rarest.flatMap((tree) => tree.symbols);
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    trees.push({ weight: rarest.reduce((total, tree) => total + tree.weight, 0), symbols });
  }
  return lengths;
}
