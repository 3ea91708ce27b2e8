/** The sentences that are judged. Source: Chung et al. 2014, abstract. */
export const published = {
  better: "indeed better than more traditional recurrent units such as tanh units",
  comparable: "we found GRU to be comparable to LSTM",
} as const;
