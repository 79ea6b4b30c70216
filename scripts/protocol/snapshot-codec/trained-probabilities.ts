export const TRAINED_PROBABILITIES = "";
