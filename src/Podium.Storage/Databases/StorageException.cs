namespace Podium.Storage.Databases;

/// <summary>The database could not do what it was asked, and nothing of it was done.</summary>
public abstract class StorageException(string message, Exception inner) : Exception(message, inner);

/// <summary>There is no room left on the disk.</summary>
public sealed class DatabaseFullException(string message, Exception inner) : StorageException(message, inner);

/// <summary>The database cannot be reached now; the same may well succeed in a moment.</summary>
public sealed class DatabaseUnavailableException(string message, Exception inner) : StorageException(message, inner);
