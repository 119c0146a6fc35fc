using System.Data.Common;

namespace Podium.Storage.Points;

/// <summary>Parameters without an object to hold them: for statements that are read row by row.</summary>
internal static class CommandParameters
{
    public static void Add(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
