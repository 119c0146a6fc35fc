import { LossChart } from "./chart";
import { ChartControls } from "./controls";
import { ChartMarks } from "./marks";

customElements.define("chart-marks", ChartMarks);
customElements.define("chart-controls", ChartControls);
customElements.define("loss-chart", LossChart);
