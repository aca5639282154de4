# How data is kept safe
cli-doctor-modes = Only this user can read and write the data folder.
cli-doctor-no-modes = There is no data folder yet; when it is made, only this user can read and write it.
cli-doctor-open =
    Other users of this machine can read { $number } files or folders, the first is { $first }. Please run: chmod -R go= { $places }
cli-doctor-modeless =
    The file system of { $folder } has no modes: every user can read it. Please mount it so that only this user can (such as umask=077), or choose another folder.
