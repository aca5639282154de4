# 数据的保管
cli-doctor-modes = 数据文件夹只有本用户能读写。
cli-doctor-no-modes = 数据文件夹还没有，建立时只有本用户能读写。
cli-doctor-open =
    同一台机器上的其他用户能读到{ $number }处，首先是 { $first }。请运行：chmod -R go= { $places }
cli-doctor-modeless =
    { $folder } 所在的文件系统不分权限，其他用户都能读到。请以只有本用户能读写的方式挂载（如 umask=077），或换一个文件夹。
