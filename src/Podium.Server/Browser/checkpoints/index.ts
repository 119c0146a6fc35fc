import { CheckpointChoice } from "./choice";
import { CopyText } from "./copying";
import { WeightSliders } from "./sliders";

customElements.define("checkpoint-choice", CheckpointChoice);
customElements.define("weight-sliders", WeightSliders);
customElements.define("copy-text", CopyText);
