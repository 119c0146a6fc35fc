import { JobStream } from "./job";
import { JobsStream } from "./jobs";

customElements.define("job-stream", JobStream);
customElements.define("jobs-stream", JobsStream);
