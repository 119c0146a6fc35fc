namespace Podium.Storage.Databases;

/// <summary>The engines in which Podium keeps its data.</summary>
public enum Engine
{
    /// <summary>One file beside the server: nothing to install, one server.</summary>
    Sqlite,

    /// <summary>A database server that several Podium servers share.</summary>
    Postgres,
}
