namespace Podium.Server.MLflow.Experiments;

/// <summary>Says in the log who renamed, deleted or restored an experiment, and with it the runs in it.</summary>
internal sealed partial class ExperimentTrail(ILogger<ExperimentTrail> logger)
{
    [LoggerMessage(EventId = 3031, Level = LogLevel.Information, Message = "The experiment {Experiment} was changed ({Call}) by {Actor}", SkipEnabledCheck = true)]
    private partial void Write(long experiment, string call, string actor);

    public void Changed(long experiment, string call, string actor)
    {
        if (logger.IsEnabled(LogLevel.Information)) Write(experiment, call, actor);
    }
}
