import { gradcheck } from "../../gradcheck.ts";
import { tinyModel } from "./tiny_gradcheck.ts";

/**
 * The largest error that the check of every entry finds in the tiny BLSTM if the gradient of the
 * recurrent weights of its backward direction is off by one part in ten thousand.
 */
export function spoiltError(): number {
  const { model, params, criterion, x } = tinyModel("blstm");
  const spoilt: typeof model = {
    ...model,
    backward(...given) {
      const { grads, dx } = model.backward(...given);
      const Wh = grads["0.bwd.Wh"];
      const wrong = { ...Wh, data: Wh.data.map((g) => 1.0001 * g) };
      return { grads: { ...grads, "0.bwd.Wh": wrong }, dx };
    },
  };
  return gradcheck(spoilt, criterion, params, x).maxRelativeError;
}
